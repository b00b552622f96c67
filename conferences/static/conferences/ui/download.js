/** Files that the page itself has written. */

/** @param {{name: string, type: string, content: BlobPart}} file */
export function download({ name, type, content }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
