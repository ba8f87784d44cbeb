import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import './details.css';

/** A value as indented JSON, to read and to copy. */
export function JsonText({ of: value }: { of: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <div className="details-json">
      <CopyToClipboard
        copyButtonText="Copy"
        textToCopy={text}
        copySuccessText="JSON copied"
        copyErrorText="The JSON could not be copied"
      />
      <pre>{text}</pre>
    </div>
  );
}
