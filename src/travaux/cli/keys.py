"""``travaux key``: make, list and show signing keys. They live in the user's folder, never in a register."""

from __future__ import annotations

import click

from travaux.acts.fault import Refused, refused
from travaux.cli.console import must, print_json, print_table
from travaux.cli.options import format_option
from travaux.cli.signing import keyring, passphrase, passphrase_option
from travaux.record.keyfiles import ROUNDS, public_key
from travaux.record.keys import MLDSA44, VKey, is_name
from travaux.secretariat.home import Home

_WIDE = 160  # characters of a public half in a table; that of an ML-DSA key has 1,800


@click.group("key")
def key_command() -> None:
    """Make, list and show signing keys.

    Keys live in the folder TRAVAUX_HOME (else ~/.travaux), each in an OpenSSH file of its own, protected by a
    passphrase. A register never holds a private key.
    """


@key_command.command("new")
@click.argument("origin")
@click.argument("name")
@click.option(
    "--rounds", default=ROUNDS, show_default=True, help="Cost of guessing the passphrase (bcrypt rounds)."
)
@click.option("--ml-dsa", is_flag=True, help="A further witness key, one that outlasts Ed25519 (ML-DSA-44).")
@passphrase_option
def new(origin: str, name: str, rounds: int, ml_dsa: bool, passphrase_fd: int | None) -> None:
    """Make a key to sign as NAME in the register of ORIGIN, and print its public half.

    A name is PARTY/ROLE, such as north/delegation, north/root-1 or north/witness; a role that begins with
    “witness” cosigns checkpoints. A party may have one with --ml-dsa beside the usual one, under a name of
    its own: its line on a seal protects all acts below from whoever can forge Ed25519 one day. It counts in
    no quorum.

    \b
    Examples: travaux key new ministries.example/commission north/delegation-2
              travaux key new ministries.example/commission north/witness-pq --ml-dsa
    """
    if not is_name(name):
        must(refused("record.name", name=name))
    if ml_dsa and not is_witness(name):
        must(refused("record.mldsa_role", name=name))
    given = passphrase(f"New passphrase of {name}", passphrase_fd, confirm=True)
    made = must(keyring(origin, None).make(name, given, rounds, witness=is_witness(name), ml_dsa=ml_dsa))
    click.echo(str(made.vkey))


@key_command.command("agent")
@click.argument("origin")
@click.argument("name")
@click.option(
    "--key", default="", metavar="SHA256:…", help="The fingerprint of the key in the agent (ssh-add -l)."
)
def agent(origin: str, name: str, key: str) -> None:
    """Sign as NAME in the register of ORIGIN with a key that stays in your ssh-agent.

    The key is the one that --key names, else the one whose comment is NAME. Only its public half is kept
    here, in the place of a key file; every command that signs then asks the agent for this key and no other,
    and no passphrase is asked for. FIDO keys (sk-…) cannot sign acts: their signatures wrap the text.

    \b
    Example:  ssh-add ~/.ssh/north-delegation
              travaux key agent ministries.example/commission north/delegation
    """
    if not is_name(name):
        must(refused("record.name", name=name))
    click.echo(str(must(keyring(origin, None).enrol(name, key, witness=is_witness(name)))))


@key_command.command("list")
@click.argument("origin", required=False)
@format_option("table", "json")
def list_(origin: str | None, form: str) -> None:
    """List the keys held here, for all registers or that of ORIGIN, with their public halves."""
    known = Home.of().origins()
    if origin and origin not in known:
        must(refused("signing.no_keys", origin=origin, origins=", ".join(known) or "-"))
    rows = [(o, n, _public(o, n)) for o in ([origin] if origin else known) for n in Home.of().names(o)]
    if form == "json":
        print_json([{"origin": o, "name": n, "vkey": v} for o, n, v in rows])
        return
    if not rows:
        click.echo("No keys here yet. “travaux found” and “travaux key new” make them.")
        return
    from rich.table import Table

    table = Table("Register", "Key", "Public half")
    for o, n, public in rows:
        table.add_row(o, n, public if len(public) <= _WIDE else f"{public[:_WIDE]}… (ML-DSA-44)")
    print_table(table)


@key_command.command("show")
@click.argument("origin")
@click.argument("name")
@format_option("vkey", "ssh")
def show(origin: str, name: str, form: str) -> None:
    """Show the public half of one key, as a vkey or as a line that ssh-keygen reads."""
    vkey = must(public_key(Home.of().key_file(origin, name), name, witness=is_witness(name)))
    if form == "ssh" and vkey.kind == MLDSA44:
        must(refused("record.mldsa_ssh", name=name))
    click.echo(str(vkey) if form == "vkey" else _ssh(vkey))


def is_witness(name: str) -> bool:
    """True when a key of this name cosigns checkpoints."""
    return name.rpartition("/")[2].startswith("witness")


def _public(origin: str, name: str) -> str:
    vkey = public_key(Home.of().key_file(origin, name), name, witness=is_witness(name))
    return vkey.faults[0].sentence() if isinstance(vkey, Refused) else str(vkey)


def _ssh(vkey: VKey) -> str:
    from base64 import b64encode

    parts = [b"ssh-ed25519", vkey.public]
    body = b"".join(len(p).to_bytes(4, "big") + p for p in parts)
    return f"ssh-ed25519 {b64encode(body).decode()} {vkey.name}"
