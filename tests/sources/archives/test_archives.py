"""Sources of every form give the same files; unsafe or broken ones are refused in one line."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import stat
import struct
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg.common.errors import KgError
from kg.sources.archives import limits
from kg.sources.archives.git import commit_day
from kg.sources.source import Source, source_slug

FILES = {
    "README.md": b"read me",
    "data/a-1.yaml": b"docid: a-1\n",
    "data/a.yaml": b"docid: a\n",
    "data/deep/b.yaml": b"docid: b\n" * 400,
}
DAY = 1_700_000_000  # 2023-11-14


def tar_bytes(
    *members: tarfile.TarInfo | tuple[str, bytes], form: int = tarfile.PAX_FORMAT
) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for member in members:
            if isinstance(member, tuple):
                info = tarfile.TarInfo(member[0])
                info.size, info.mtime = len(member[1]), DAY
                archive.addfile(info, io.BytesIO(member[1]))
            else:
                archive.addfile(member)
    return out.getvalue()


def tarred(path: Path, *members: tarfile.TarInfo | tuple[str, bytes]) -> Path:
    data = tar_bytes(*members)
    if path.name.endswith("gz"):
        data = gzip.compress(data)
    elif path.name.endswith("zst"):
        data = zstandard.compress(data)
    path.write_bytes(data)
    return path


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def foldered(path: Path, *members: tuple[str, bytes]) -> Path:
    for name, data in members:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def read(source: Path) -> list[tuple[str, bytes]]:
    opened = Source.open(source)
    return list(opened.read(set(opened.names)))


def refusal(source: Path) -> str:
    with pytest.raises(KgError) as caught:
        read(source)
    [line] = str(caught.value).splitlines()
    assert str(source) in line
    return line


FORMS: dict[str, Callable[[Path, str], Path]] = {
    "folder": lambda tmp, top: foldered(tmp / "r", *FILES.items()),
    **{
        form: lambda tmp, top, form=form: tarred(  # type: ignore[misc]
            tmp / f"r{form}", *((top + name, data) for name, data in FILES.items())
        )
        for form in (".tar", ".tar.gz", ".tgz", ".tar.zst")
    },
    ".zip": lambda tmp, top: zipped(
        tmp / "r.zip", *((top + name, data) for name, data in FILES.items())
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("top", ["", "./", "r-main/"])
def test_all_forms_give_the_same_files_without_the_wrapper_folder(
    tmp_path: Path, form: str, top: str
) -> None:
    assert read(FORMS[form](tmp_path, top)) == list(FILES.items())


def test_only_wanted_files_are_read(tmp_path: Path) -> None:
    for form in FORMS.values():
        source = Source.open(form(tmp_path, "r/"))
        assert [name for name, _ in source.read({"data/a.yaml"})] == ["data/a.yaml"]


def test_a_content_folder_is_not_a_wrapper(tmp_path: Path) -> None:
    inside = [(name, data) for name, data in FILES.items() if name.startswith("data/")]
    assert read(tarred(tmp_path / "r.tar.zst", *inside)) == inside
    assert read(zipped(tmp_path / "r.zip", *inside)) == inside


def test_long_names_in_extension_headers_are_read(tmp_path: Path) -> None:
    long = "data/" + "很长的名字" * 30 + ".yaml"
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        (tmp_path / "r.tar").write_bytes(
            tar_bytes((long, b"1"), ("data/" + "x/" * 80 + "y", b"2"), ("data/z", b"3"), form=form)
        )
        assert [data for _, data in read(tmp_path / "r.tar")] == [b"1", b"2", b"3"]
        assert Source.open(tmp_path / "r.tar").names[0] == long


def test_a_ustar_prefix_is_part_of_the_name(tmp_path: Path) -> None:
    name = "data/" + "p" * 90 + "/" + "n" * 90
    (tmp_path / "r.tar").write_bytes(tar_bytes((name, b"1"), form=tarfile.USTAR_FORMAT))
    assert Source.open(tmp_path / "r.tar").names == (name,)


def test_skipped_names_are_counted(tmp_path: Path) -> None:
    extra = ((".git/config", b"[core]"), ("__MACOSX/._x", b""), ("data/.DS_Store", b""))
    folder = foldered(tmp_path / "r", *FILES.items(), *extra)
    (folder / "data" / "l.yaml").symlink_to("a.yaml")
    archive = tarred(
        tmp_path / "r.tar", *FILES.items(), *extra, link("data/l.yaml", "../data/a.yaml")
    )
    pack = zipped(tmp_path / "r.zip", *FILES.items(), *extra, (zip_link("data/l"), b"a.yaml"))
    for source in (folder, archive, pack):
        assert read(source) == list(FILES.items())
        assert Source.open(source).skipped == {
            ".git": 1, "__MACOSX": 1, ".DS_Store": 1, "symbolic link": 1,
        }  # fmt: skip


def zip_link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../../x", "C:/x", "c:x", "..\\x", "\\\\host\\x", "data/.."]
)
def test_names_that_reach_outside_are_refused(tmp_path: Path, name: str) -> None:
    assert "reaches outside" in refusal(tarred(tmp_path / "r.tar.gz", (name, b"")))
    assert "reaches outside" in refusal(zipped(tmp_path / "r.zip", (name, b"")))


def test_names_with_control_characters_or_other_encodings_are_refused(tmp_path: Path) -> None:
    assert "printable characters" in refusal(tarred(tmp_path / "r.tar", ("a\nb", b"")))
    assert "printable characters" in refusal(
        tarred(tmp_path / "r.tar", (b"\xb1\xea".decode("utf-8", "surrogateescape"), b""))
    )
    folder = foldered(tmp_path / "r", ("a\nb", b""))
    assert "printable characters" in refusal(folder)


def test_links_that_lead_out_and_devices_are_refused(tmp_path: Path) -> None:
    for target in ("/etc/passwd", "../../x", "a/../../../x", "C:\\x"):
        assert "leads outside" in refusal(tarred(tmp_path / "r.tar", link("data/l", target)))
        assert "leads outside" in refusal(
            zipped(tmp_path / "r.zip", (zip_link("data/l"), target.encode()))
        )
    assert "hard link" in refusal(tarred(tmp_path / "r.tar", link("l", "x", tarfile.LNKTYPE)))
    for kind in (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, b"Z"):
        assert "neither" in refusal(tarred(tmp_path / "r.tar", link("l", "", kind)))
    device = zipfile.ZipInfo("dev")
    device.external_attr = (stat.S_IFCHR | 0o666) << 16
    assert "neither" in refusal(zipped(tmp_path / "r.zip", (device, b"")))


def test_a_folder_with_a_link_out_or_a_pipe_is_refused(tmp_path: Path) -> None:
    folder = foldered(tmp_path / "r", ("data/a.yaml", b""))
    (folder / "data" / "out").symlink_to("../../elsewhere")
    with pytest.raises(KgError, match="leads outside"):
        _ = Source.open(folder).names
    (folder / "data" / "out").unlink()
    os.mkfifo(folder / "data" / "pipe")
    with pytest.raises(KgError, match="neither file nor folder"):
        _ = Source.open(folder).names


def test_duplicate_names_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        pack = zipped(tmp_path / "r.zip", ("a/x", b"1"), ("a/x", b"2"))
    assert "two members" in refusal(pack)
    assert "two members" in refusal(tarred(tmp_path / "r.tar", ("a/x", b"1"), ("./a//x", b"2")))


@pytest.mark.parametrize("form", [".tar", ".tar.gz", ".tar.zst", ".zip"])
def test_a_truncated_archive_is_refused(tmp_path: Path, form: str) -> None:
    members = [(f"data/{n}.yaml", os.urandom(700)) for n in range(40)]
    whole = FORMS[form](tmp_path, "r/") if form == ".zip" else tmp_path / f"r{form}"
    whole = zipped(whole, *members) if form == ".zip" else tarred(whole, *members)
    data = whole.read_bytes()
    # Tar pads with zeros to a multiple of 10,240 bytes; without some of them it is complete.
    end = len(data.rstrip(b"\0"))
    lengths = [*range(0, end, 997), end // 2 // 512 * 512, end - 1]
    for length in lengths:
        whole.write_bytes(data[:length])
        with pytest.raises(KgError, match=r"cut off or damaged"):
            _ = Source.open(whole).names


def test_a_damaged_header_is_not_taken_for_the_end(tmp_path: Path) -> None:
    data = bytearray(tar_bytes(("a", b"1"), ("b", b"2"), ("c", b"3"), form=tarfile.USTAR_FORMAT))
    data[1024] ^= 1
    (tmp_path / "r.tar").write_bytes(data)
    assert "invalid header" in refusal(tmp_path / "r.tar")
    (tmp_path / "r.tar").write_bytes(tar_bytes(("a", b"1")) + tar_bytes(("b", b"2")))
    assert "data after its end" in refusal(tmp_path / "r.tar")


def test_a_damaged_zip_member_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "r.zip"
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", b"the content")
    pack.write_bytes(pack.read_bytes().replace(b"the content", b"tha content"))
    assert "damaged" in refusal(pack)


def test_wrong_and_unsupported_suffixes_are_refused(tmp_path: Path) -> None:
    for name in ("r.zip", "r.tar", "r.tar.gz", "r.tar.zst"):
        (tmp_path / name).write_bytes(b"<html>Not found</html>" * 40)
        assert "not a complete" in refusal(tmp_path / name)
    for name in ("r.7z", "r.tar.xz", "r.nt.gz"):
        (tmp_path / name).write_bytes(b"")
        assert "unsupported archive format" in refusal(tmp_path / name)
    assert "no such file" in refusal(tmp_path / "none")


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    pack = zipped(tmp_path / "r.zip", ("a", b"secret"))
    data = bytearray(pack.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    pack.write_bytes(data)
    assert "encrypted" in refusal(pack)


@pytest.mark.parametrize("form", [".tar.gz", ".tar.zst", ".zip"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, form: str) -> None:
    member = ("data/zeros", bytes(limits.HARMLESS + 1))
    path = tmp_path / f"r{form}"
    bomb = zipped(path, member) if form == ".zip" else tarred(path, member)
    assert "unpack it yourself" in refusal(bomb)


def test_a_huge_member_and_a_huge_header_are_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("huge")
    info.size = limits.MEMBER + 1
    (tmp_path / "r.tar").write_bytes(info.tobuf() + os.urandom(1 << 23))
    assert "split it" in refusal(tmp_path / "r.tar")
    info.type, info.size = b"x", 1 << 29
    (tmp_path / "r.tar").write_bytes(info.tobuf() + os.urandom(1 << 22))
    assert "a header of 536,870,912 bytes" in refusal(tmp_path / "r.tar")


def test_the_digest_depends_on_content_and_not_on_times(tmp_path: Path) -> None:
    folder = foldered(tmp_path / "r", *FILES.items())
    before = Source.open(folder).digest
    os.utime(folder / "README.md", (1, 1))
    foldered(folder, (".git/HEAD", b"x"))
    assert Source.open(folder).digest == before
    (folder / "data" / "a.yaml").rename(folder / "data" / "c.yaml")
    assert Source.open(folder).digest != before
    assert Source.open(foldered(tmp_path / "s", *FILES.items())).digest == before
    (tmp_path / "s" / "README.md").write_bytes(b"read mE")
    assert Source.open(tmp_path / "s").digest != before
    (tmp_path / "f").write_bytes(b"")
    assert Source.open(tmp_path / "f").digest.startswith("e3b0c44298fc1c14")


def test_folders_with_the_same_concatenated_bytes_differ(tmp_path: Path) -> None:
    one = foldered(tmp_path / "1", ("a", b"b"), ("c", b""))
    other = foldered(tmp_path / "2", ("a", b""), ("c", b"b"))
    assert Source.open(one).digest != Source.open(other).digest


def test_the_snapshot_is_the_day_of_the_newest_file(tmp_path: Path) -> None:
    folder = foldered(tmp_path / "r", ("a", b""), ("b", b""))
    os.utime(folder / "a", (DAY, DAY))
    os.utime(folder / "b", (DAY - 9 * 86400, DAY - 9 * 86400))
    assert Source.open(folder).snapshot == "2023-11-14"
    assert Source.open(folder / "b").snapshot == "2023-11-05"
    for form in (".tar", ".tar.gz", ".tar.zst"):
        assert Source.open(tarred(tmp_path / f"r{form}", ("a", b""))).snapshot == "2023-11-14"
    info = zipfile.ZipInfo("a", (2024, 2, 29, 23, 0, 0))
    assert Source.open(zipped(tmp_path / "r.zip", (info, b""))).snapshot == "2024-02-29"


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@pytest.mark.parametrize("packed", [False, True])
def test_the_snapshot_of_a_checkout_is_the_day_of_its_commit(tmp_path: Path, packed: bool) -> None:
    def git(*words: str, day: int = DAY) -> None:
        subprocess.run(
            ["git", "-c", "user.name=N", "-c", "user.email=n@example.org", *words],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={
                **os.environ,
                "GIT_COMMITTER_DATE": f"{day} +0000",
                "GIT_AUTHOR_DATE": f"{day - 40 * 86400} +0000",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_SYSTEM": os.devnull,
            },
        )

    git("init", "-q")
    for number in range(3):
        foldered(tmp_path, ("a", str(number).encode()))
        git("add", "a")
        git("commit", "-q", "-m", f"number {number}", day=DAY + number * 86400)
    if packed:
        git("gc", "-q")
        assert not (tmp_path / ".git" / "refs" / "heads" / "main").exists()
        assert list((tmp_path / ".git" / "objects" / "pack").glob("*.pack"))
    assert Source.open(tmp_path).snapshot == "2023-11-16"
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/../../../x\n")
    os.utime(tmp_path / "a", (DAY - 86400, DAY - 86400))
    assert Source.open(tmp_path).snapshot == "2023-11-13"


def test_slugs_are_plain_and_not_reserved(tmp_path: Path) -> None:
    names = {
        "relaton-data-iso.tar.zst": "relaton-data-iso",
        "Relaton Data_ISO-master.zip": "relaton-data-iso",
        f"r-{'0a' * 20}.tar.gz": "r",
        "ICS.xml": "ics",
        "iso_deliverables_metadata.sample.jsonl": "iso-deliverables-metadata.sample",
        "...x...csv": "x",
    }
    assert {name: source_slug(tmp_path / name) for name in names} == names
    (tmp_path / "v1.2").mkdir()
    assert source_slug(tmp_path / "v1.2") == "v1.2"
    others = {source_slug(tmp_path / name) for name in ("标准.csv", "委员会.csv")}
    assert len(others) == 2
    assert all(name.isascii() and name.startswith("source-") for name in others)
    for name in ("evidence.ttl", "Derived.nt", "curation.csv", "cfsn-2019-04-11.zip"):
        with pytest.raises(KgError, match="rename it"):
            source_slug(tmp_path / name)


def test_a_zip_with_a_false_size_is_refused(tmp_path: Path) -> None:
    pack = zipped(tmp_path / "r.zip", ("a", b"1" * 5000))
    data = bytearray(pack.read_bytes())
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    pack.write_bytes(data)
    assert "damaged" in refusal(pack)


def test_git_files_that_are_no_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    head = tmp_path / ".git" / "HEAD"
    head.symlink_to("/dev/zero")
    assert commit_day(tmp_path) is None
    head.unlink()
    os.mkfifo(head)
    assert commit_day(tmp_path) is None
    head.unlink()
    head.write_text("ref: refs/heads/main", encoding="utf-8")
    (tmp_path / ".git" / "packed-refs").symlink_to("/dev/zero")
    assert commit_day(tmp_path) is None
