"""`octavo migrate`"""

import rich_click as click

from entrypoints.settings import Settings


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema. Harmless when it is there already."""
    from adapters.postgres.migrate import migrate as bring_up_to_date  # noqa: PLC0415 - only this command pays

    bring_up_to_date(Settings.load(secrets_required=False).database.url)
    click.echo("The database has the newest schema.")
