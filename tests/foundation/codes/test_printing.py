"""The square on a letter."""

from xml.etree import ElementTree as ET

from burgertop.foundation.codes.printing import groups_of, link_with_code, qr_path, qr_svg

ADDRESS = "https://summit.example/nl/g1000/code/"


def test_the_code_stands_behind_the_hash_so_that_no_server_logs_it() -> None:
    assert link_with_code(ADDRESS, "k7m4 px9r w2") == f"{ADDRESS}#K7M4PX9RW2"


def test_the_square_is_plain_svg_without_style_or_script() -> None:
    svg = qr_svg(ADDRESS, "K7M4 PX9R W2")

    elements = [element.tag.rsplit("}")[-1] for element in ET.fromstring(svg).iter()]  # noqa: S314  # made by us
    assert (set(elements) <= {"svg", "path", "g"}, "style" in svg, "viewBox" in svg) == (True, False, True)


def test_the_square_of_another_code_differs() -> None:
    assert qr_svg(ADDRESS, "K7M4 PX9R W2") != qr_svg(ADDRESS, "K7M4 PX9R W3")


def test_the_square_for_print_has_the_same_size_and_a_quiet_zone() -> None:
    screen, printed = (ET.fromstring(draw(ADDRESS, "K7M4 PX9R W2")) for draw in (qr_svg, qr_path))  # noqa: S314  # ours

    box = [int(number) for number in printed.attrib["viewBox"].split()]
    assert box[:2] == [-4, -4]
    assert [str(side) for side in box[2:]] == screen.attrib["viewBox"].split()[2:]
    assert qr_path(ADDRESS, "K7M4 PX9R W2") != qr_path(ADDRESS, "K7M4 PX9R W3")


def test_groups_for_print() -> None:
    assert groups_of("k7m4px9rw2") == ("K7M4", "PX9R", "W2")
