"""Two of the three walls: the database's row-level security, and a manager that is loud without a scope.

A tenant is one that owns data: a municipality or a region. A scope is a transaction in which the
database has been told which tenants are in sight; outside a scope no tenant row can be reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import connection, models, transaction

from kompetanse.kernel.context import Context

if TYPE_CHECKING:
    from django.db.models import QuerySet

_scope: ContextVar[Context | None] = ContextVar("tenant_scope", default=None)


class NoScope(RuntimeError):
    """A tenant table was asked without a scope: a bug in our code, never a user's fault."""


@contextmanager
def tenant_scope(ctx: Context, *, read_only: bool = False) -> Iterator[None]:
    """Open a transaction that sees the tenants of `ctx` and no others.

    Nested with the same tenants it is a savepoint; with others it switches and switches back.
    """
    outer = _scope.get()
    same = outer is not None and outer.tenants == ctx.tenants and outer.now == ctx.now
    with transaction.atomic():
        if not same:
            _tell_database(ctx, read_only=read_only)
        token = _scope.set(ctx)
        try:
            yield
        finally:
            _scope.reset(token)
            if outer is not None and not same and not connection.needs_rollback:
                _tell_database(outer)


@contextmanager
def reading(ctx: Context) -> Iterator[None]:
    """A scope for reading: joins one that is open, else opens one."""
    outer = _scope.get()
    if outer is not None and outer.tenants == ctx.tenants:
        yield
    else:
        with tenant_scope(ctx):
            yield


@contextmanager
def snapshot(ctx: Context) -> Iterator[None]:
    """A scope that sees one moment of the database and can change nothing, however long it is open."""
    if _scope.get() is not None:
        raise RuntimeError("a snapshot is opened outside every other scope")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with tenant_scope(ctx):
            yield


def _tell_database(ctx: Context, *, read_only: bool = False) -> None:
    with connection.cursor() as cursor:
        # Besides whose rows are in sight: which day it is, for what the database reckons by itself.
        sql = "SELECT set_config('app.tenants', %s, true), set_config('app.now', %s, true)"
        if read_only:
            sql += ", set_config('transaction_read_only', 'on', true)"
        cursor.execute(sql, [",".join(str(tenant) for tenant in sorted(ctx.tenants)), ctx.now.isoformat()])


def select(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """The answer to a statement written out; as loud as the manager where there is no scope."""
    return _ask(statement, values)


def select_named(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The same, for a statement whose places have names."""
    return _ask(statement, values)


def _ask(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    if _scope.get() is None:
        raise NoScope(f"asked outside a tenant scope: {statement}")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


_T = TypeVar("_T", bound=models.Model, covariant=True)


class TenantManager(models.Manager[_T], Generic[_T]):
    """Raises where row-level security would be silent: a developer meets an error, an attacker a wall."""

    def get_queryset(self) -> QuerySet[_T]:
        if _scope.get() is None:
            raise NoScope(f"{self.model.__name__} was asked outside a tenant scope")
        return super().get_queryset()


class TenantModel(models.Model):
    """A row that somebody owns. The class must declare its `Data` (see `privacy`)."""

    id = models.BigAutoField(primary_key=True)
    tenant = models.ForeignKey("foundation.Tenant", models.PROTECT, related_name="+", db_index=False)

    objects: TenantManager[Any] = TenantManager()

    class Meta:
        abstract = True


class DerivedModel(TenantModel):
    """A row that the database reckons from others, and nobody else writes. It has the key it is found by, no id."""

    id = None  # type: ignore[assignment]
    tenant = models.ForeignKey(
        "foundation.Tenant", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key that carries the tenant, so that no row can point across a border unnoticed.

    The composite constraint `(tenant_field_id, fk) -> target(tenant_id, id)` is made by `schema.sync`.
    `tenant_field` names the column that says whose the target is; usually the row's own tenant. `derived`:
    the row is reckoned by the database from rows that have the constraint, and goes without it and its index.
    """

    def __init__(
        self,
        to: Any,
        on_delete: Any = models.PROTECT,
        tenant_field: str = "tenant",
        *,
        derived: bool = False,
        **kwargs: Any,
    ):
        self.tenant_field = tenant_field
        self.derived = derived
        if derived:
            kwargs.setdefault("db_index", False)
        kwargs["db_constraint"] = False
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        if self.tenant_field != "tenant":
            kwargs["tenant_field"] = self.tenant_field
        if self.derived:
            kwargs["derived"] = True
        return name, path, args, kwargs
