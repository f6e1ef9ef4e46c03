"""/v1/coupons, for staff."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from application.promotions.create_coupon import CreateCoupon
from application.promotions.see_coupon import SeeCoupon
from domain.users.principal import Principal
from entrypoints.http.promotions.schemas import Coupon, NewCoupon


class Coupons(Controller):
    """Coupons are put out by staff and redeemed at checkout."""

    path = "/coupons"
    tags = ("Coupons",)

    @post()
    async def create(
        self,
        data: JSONBody[NewCoupon],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        create_coupon: NamedDependency[CreateCoupon],
    ) -> Response[Coupon]:
        """Put a coupon out; its terms never change afterwards."""
        coupon = await create_coupon(data.terms())
        headers = {"Location": f"/v1/coupons/{coupon.code}"}
        return Response(Coupon.of(coupon), status_code=201, headers=headers)

    @get("/{code:str}")
    async def show(
        self,
        code: Annotated[str, PathParameter(max_length=100)],
        staff: NamedDependency[Principal],  # noqa: ARG002 - as above
        see_coupon: NamedDependency[SeeCoupon],
    ) -> Coupon:
        """Its terms, and how many uses are taken."""
        return Coupon.of(await see_coupon(code))
