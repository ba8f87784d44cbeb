import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { TextField } from '../forms/fields';
import type { CodeChoice } from './codeChoice';
import { ZipField } from './ZipField';

interface CodeFieldProps {
  code: CodeChoice;
  onChange: (code: CodeChoice) => void;
  description: string;
  error: Error | null;
}

/** A deployment package: a file of this computer, or an object in this server's S3. */
export function CodeField({ code, onChange, description, error }: CodeFieldProps) {
  return (
    <>
      <FormField label="Code from">
        <RadioGroup
          value={code.from}
          onChange={({ detail }) => { onChange({ ...code, from: detail.value === 's3' ? 's3' : 'file' }); }}
          items={[{ value: 'file', label: 'A file of this computer' }, { value: 's3', label: 'An object in S3', description: 'Of this server; packages of more than 50 MB have to come from there.' }]}
        />
      </FormField>
      {code.from === 'file' ? (
        <ZipField file={code.file} onChange={(file) => { onChange({ ...code, file }); }} description={description} />
      ) : (
        <>
          <TextField label="Bucket" member="code.s3Bucket" error={error} value={code.bucket} onChange={(bucket) => { onChange({ ...code, bucket }); }} />
          <TextField label="Key" member="code.s3Key" error={error} value={code.key} onChange={(key) => { onChange({ ...code, key }); }} />
        </>
      )}
    </>
  );
}
