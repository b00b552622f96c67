"""A brand's colours, letters and corners as CSS custom properties, over those of `tokens.css`. PURE: every
value was checked by `reading`, so that none can end its declaration."""

from collections.abc import Iterator

from meetingserver.branding.brand import Brand, FontFile, Fonts, Shades
from meetingserver.branding.colours import Pair, family_of, on_dark


def stylesheet(brand: Brand, base: dict[str, Pair]) -> str:
    """Empty for a brand that looks like the base."""
    lines = [*_colours(brand, base), *_shapes(brand), *_letters(brand.fonts)]
    root = ":root {\n" + "".join(f"  {line};\n" for line in lines) + "}\n" if lines else ""
    return "".join(_face(file) for file in brand.fonts.files) + root


def colours_of(brand: Brand, base: dict[str, Pair]) -> dict[str, Pair]:
    """All colours as its pages have them. Of an accent alone the colours that go with it are derived."""
    own = {name: _pair(name, colour, base) for name, colour in brand.colours.items() if name in base}
    derived = family_of(own["accent"], {**base, **own}) if "accent" in own else {}
    return {**base, **derived, **own}


def _pair(name: str, colour: str | Shades, base: dict[str, Pair]) -> Pair:
    if isinstance(colour, Shades):
        return Pair(colour.light, colour.dark)
    return Pair(colour, on_dark(colour, base) if name == "accent" else colour)


def _colours(brand: Brand, base: dict[str, Pair]) -> Iterator[str]:
    for name, pair in colours_of(brand, base).items():
        if pair != base[name]:
            yield f"--{name}: light-dark({pair.light}, {pair.dark})"


def _shapes(brand: Brand) -> Iterator[str]:
    if brand.radius is not None:
        yield f"--radius: {brand.radius}px"
        if brand.radius < 4:
            yield f"--round: {brand.radius}px"


def _letters(fonts: Fonts) -> Iterator[str]:
    if fonts.text:
        yield f"--font: {fonts.text}"
    if fonts.headings:
        yield f"--font-heading: {fonts.headings}"
    if fonts.size != 100:
        yield f"--base: {fonts.size}%"


def _face(font: FontFile) -> str:
    """The address is read from where this stylesheet lies: beside the brand's files."""
    style = "italic" if font.italic else "normal"
    return (
        f'@font-face {{\n  font-family: "{font.family}";\n  src: url("{font.file}");\n'
        f"  font-weight: {font.weight};\n  font-style: {style};\n  font-display: swap;\n}}\n"
    )
