"""HealthChain (PyPI) answering one hard-coded card; needs an environment of its own (see README.md)."""

from healthchain.gateway import CDSHooksService, HealthChainAPI
from healthchain.models.responses.cdsresponse import Card, CDSResponse, Source

app = HealthChainAPI()
cds = CDSHooksService()


@cds.hook("order-select", id="biologic-cds-order-select")
def answer(_request):
    return CDSResponse(cards=[Card(summary="static", indicator="info", source=Source(label="HealthChain"))])


app.register_service(cds)
