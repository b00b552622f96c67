/**
 * A PDF file whose pages are one picture each: as little of PDF 1.7 (ISO 32000-1) as that needs. Pure.
 */

/** Points, of 1/72 inch, on a page's longer side. */
const LONGER = 842;

/** @typedef {{jpeg: Uint8Array<ArrayBuffer>, width: number, height: number}} Sheet a picture and its pixels */

/**
 * @param {Sheet[]} sheets
 * @returns {Blob}
 */
export function pdfOf(sheets) {
  const file = new Writer();
  file.text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
  const kids = sheets.map((_, index) => `${3 + 3 * index} 0 R`).join(" ");
  file.object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  file.object(2, `<< /Type /Pages /Count ${sheets.length} /Kids [${kids}] >>`);
  sheets.forEach((sheet, index) => page(file, 3 + 3 * index, sheet));
  file.end(2 + 3 * sheets.length);
  return new Blob(file.pieces, { type: "application/pdf" });
}

/**
 * Three objects: the page, what is painted on it, and the picture.
 *
 * @param {Writer} file
 * @param {number} number of the first
 * @param {Sheet} sheet
 */
function page(file, number, { jpeg, width, height }) {
  const scale = LONGER / Math.max(width, height);
  const size = `${(width * scale).toFixed(2)} ${(height * scale).toFixed(2)}`;
  const painted = `q ${size.replace(" ", " 0 0 ")} 0 0 cm /Picture Do Q`;
  const resources = `<< /XObject << /Picture ${number + 2} 0 R >> >>`;
  file.object(number, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size}] /Resources ${resources} /Contents ${number + 1} 0 R >>`);
  file.object(number + 1, `<< /Length ${painted.length} >>\nstream\n${painted}\nendstream`);
  const picture = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  file.object(number + 2, `<< ${picture} /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`, jpeg, "\nendstream");
}

/** Remembers at which byte each object begins. */
class Writer {
  /** @type {(Uint8Array<ArrayBuffer>)[]} */
  pieces = [];
  #length = 0;
  /** @type {number[]} */
  #begins = [];

  /** @param {string} text of Latin letters */
  text(text) {
    this.bytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  bytes(bytes) {
    this.pieces.push(bytes);
    this.#length += bytes.length;
  }

  /**
   * @param {number} number
   * @param {(string | Uint8Array<ArrayBuffer>)[]} content
   */
  object(number, ...content) {
    this.#begins[number] = this.#length;
    this.text(`${number} 0 obj\n`);
    for (const piece of content) typeof piece === "string" ? this.text(piece) : this.bytes(piece);
    this.text("\nendobj\n");
  }

  /** @param {number} last the number of the last object */
  end(last) {
    const at = this.#length;
    const lines = Array.from({ length: last }, (_, index) => `${String(this.#begins[index + 1]).padStart(10, "0")} 00000 n \n`);
    this.text(`xref\n0 ${last + 1}\n0000000000 65535 f \n${lines.join("")}`);
    this.text(`trailer\n<< /Size ${last + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`);
  }
}
