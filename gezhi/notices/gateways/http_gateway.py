"""HTTP 短信网关: one POST of JSON for each text, with a bearer token; any 2xx means that it was taken."""

from __future__ import annotations

import httpx

from gezhi.notices.gateways.sms_gateway import SendFailed
from gezhi.notices.rules.news import Outgoing

TIMEOUT_S = 10.0
REFUSED_FOR_GOOD = frozenset({400, 413, 422})  # the message itself; a wrong token or address is mended by an operator
LONGEST_REPLY = 200


class HttpGateway:
    def __init__(self, url: str, token: str, *, timeout_s: float = TIMEOUT_S) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.url, self._client = url, httpx.Client(headers=headers, timeout=timeout_s)

    def send(self, message: Outgoing) -> str:
        """`{"id", "phone", "text"}`; the id is the Idempotency-Key too, so that the gateway can drop a second one.

        It may answer with an `id` of its own.
        """
        body = {"id": str(message.id), "phone": message.phone, "text": message.text}
        try:
            response = self._client.post(self.url, json=body, headers={"Idempotency-Key": str(message.id)})
        except httpx.HTTPError as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from error
        if not response.is_success:
            reason = f"HTTP {response.status_code} {response.text[:LONGEST_REPLY]}".strip()
            raise SendFailed(reason, for_good=response.status_code in REFUSED_FOR_GOOD)
        return _id_in(response)


def _id_in(response: httpx.Response) -> str:
    try:
        answer = response.json()
    except ValueError:
        return ""
    reference = answer.get("id") if isinstance(answer, dict) else None
    return str(reference) if isinstance(reference, str | int) else ""
