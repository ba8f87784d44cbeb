import { toBase64 } from './zip';

/** Where a deployment package is to come from. */
export interface CodeChoice {
  from: 'file' | 's3';
  file: File | null;
  bucket: string;
  key: string;
}

export const noCode: CodeChoice = { from: 'file', file: null, bucket: '', key: '' };

export function isChosen({ from, file, bucket, key }: CodeChoice): boolean {
  return from === 'file' ? file !== null : bucket !== '' && key !== '';
}

/** As the server takes it. */
export async function toCode({ from, file, bucket, key }: CodeChoice) {
  return from === 'file' ? { zip: file === null ? null : await toBase64(file), s3Bucket: null, s3Key: null } : { zip: null, s3Bucket: bucket, s3Key: key };
}
