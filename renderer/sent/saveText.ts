/** Hands a text to the person as a file, as browsers save downloads. */
export function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun once the click is answered.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
