"""Documents of all sorts, made by hand: honest ones, broken ones, hostile ones."""

import io
import zipfile
import zlib
from collections.abc import Sequence


def pdf(
    texts: Sequence[str], *, size: tuple[int, int] = (595, 842), extra: bytes = b"", trailer: str = ""
) -> bytes:
    """One page for every text, which stands at its top over a filled rectangle."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT]
    kids = []
    for text in texts:
        drawing = f"0.2 0.5 0.4 rg 40 40 200 100 re f BT /F1 24 Tf 60 400 Td ({text}) Tj ET".encode() + extra
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(drawing) + drawing + b"\nendstream")
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return bound(objects, trailer)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def bound(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\n".encode())
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """Wants a password that nobody has (standard security handler, revision 2)."""
    key = "0" * 64
    protection = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00> <00>] "
    return pdf(["secret"], trailer=protection)


def bomb_pdf(megabytes: int = 1800) -> bytes:
    """A page whose content is a few kilobytes that unpack to gigabytes, twice packed."""
    twice = zlib.compress(_packed_spaces(megabytes), 9)
    stream = (
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(twice)
        + twice
        + b"\nendstream"
    )
    return bound(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream,
        ]
    )


def _packed_spaces(megabytes: int) -> bytes:
    """As zlib packs them, but each megabyte alone, so that one stands for all (RFC 1950)."""
    megabyte, checksum = b" " * 1024 * 1024, 1
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes):
        checksum = zlib.adler32(megabyte, checksum)
    return b"\x78\xda" + packed * megabytes + packer.flush() + checksum.to_bytes(4, "big")


def scan_pdf() -> bytes:
    """A page that is one scanned picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((600, 800), 60).save(out, "PDF")
    return out.getvalue()


def image(format: str = "PNG", size: tuple[int, int] = (640, 360)) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format)
    return out.getvalue()


def transparent_image() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def photo() -> bytes:
    """Taken sideways, with a note of where it was."""
    from PIL import Image

    about = Image.Exif()
    about[0x0112] = 6
    about[0x010E] = "Cupertino"
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "JPEG", exif=about)
    return out.getvalue()


def declared_png(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return len(content).to_bytes(4) + kind + content + checksum.to_bytes(4)

    size = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 2, 0, 0, 0))
    packed = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def pptx() -> bytes:
    return archive(ppt__presentation_xml="<p/>")


def odp() -> bytes:
    return archive(mimetype="application/vnd.oasis.opendocument.presentation")
