import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';

interface ZipFieldProps {
  file: File | null;
  onChange: (file: File | null) => void;
  description: string;
}

/** A deployment package from this computer. */
export function ZipField({ file, onChange, description }: ZipFieldProps) {
  return (
    <FormField label="Code" description={description}>
      <FileUpload
        accept=".zip,.jar,application/zip"
        value={file ? [file] : []}
        onChange={({ detail }) => { onChange(detail.value[0] ?? null); }}
        showFileSize
        showFileLastModified
        constraintText="A zip or jar of up to 50 MB."
        i18nStrings={{
          uploadButtonText: () => 'Choose a zip',
          dropzoneText: () => 'Drop the zip here',
          removeFileAriaLabel: () => 'Remove the file',
          limitShowFewer: 'Show fewer files',
          limitShowMore: 'Show more files',
          errorIconAriaLabel: 'Error',
        }}
      />
    </FormField>
  );
}
