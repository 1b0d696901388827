"""短信网关: how a text reaches a phone. A city adds its own by one more file and one more word here."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from gezhi.notices.gateways.file_gateway import FileGateway
from gezhi.notices.gateways.http_gateway import HttpGateway
from gezhi.notices.gateways.sms_gateway import SendFailed, SmsGateway

__all__ = ["FileGateway", "HttpGateway", "SendFailed", "SmsGateway", "gateway_in_use"]


@cache
def gateway_in_use() -> SmsGateway:
    """The gateway that GEZHI_SMS_GATEWAY names, one for each process."""
    if settings.GEZHI_SMS_GATEWAY == "http":
        return HttpGateway(settings.GEZHI_SMS_URL, settings.GEZHI_SMS_TOKEN)
    return FileGateway(settings.GEZHI_HOME / "messages.jsonl")
