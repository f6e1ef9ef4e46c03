"""By what people find orders in the Temporal UI. A server must know each of them before it is used."""

from typing import Final

from temporalio.common import SearchAttributeKey

ORDER_STATUS: Final = SearchAttributeKey.for_keyword("OrderStatus")
CUSTOMER_ID: Final = SearchAttributeKey.for_keyword("CustomerId")
ISBN: Final = SearchAttributeKey.for_keyword_list("Isbn")
ORDER_TOTAL: Final = SearchAttributeKey.for_int("OrderTotal")  # minor units
NEEDS_ATTENTION: Final = SearchAttributeKey.for_bool("NeedsAttention")
STORE_STATE: Final = SearchAttributeKey.for_keyword("StoreState")  # of a store whose prices are kept fresh

ALL: Final = (ORDER_STATUS, CUSTOMER_ID, ISBN, ORDER_TOTAL, NEEDS_ATTENTION, STORE_STATE)
