/** A file as the server takes it: base64. */
export async function toBase64(file: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(reader.result as string); };
    reader.onerror = () => { reject(reader.error ?? new Error('The file could not be read.')); };
    reader.readAsDataURL(file);
  });
  // data:application/zip;base64,UEsDB…
  return url.slice(url.indexOf(',') + 1);
}
