import { send } from '../api/request';
import { TextField } from '../forms/fields';
import { SettingForm } from './SettingForm';
import { useDraft } from './useDraft';

/** X-Ray's encryption setting. */
export function EncryptionForm({ keyId }: { keyId: string | null }) {
  const [key, setKey] = useDraft(keyId ?? '');
  return (
    <SettingForm
      title="X-Ray encryption"
      description="Kept and told to clients as PutEncryptionConfig has it; nothing on this server's disk is encrypted with the key."
      members={['KeyId']}
      save={() => send('put', '/settings/encryption', { body: { keyId: key } })}
    >
      {(error) => <TextField label="KMS key" description="Alias, id or ARN; empty for the default encryption." member="KeyId" error={error} value={key} onChange={setKey} />}
    </SettingForm>
  );
}
