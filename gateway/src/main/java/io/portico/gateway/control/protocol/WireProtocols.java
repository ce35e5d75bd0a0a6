package io.portico.gateway.control.protocol;

import io.portico.gateway.http.HttpRequest;

/**
 * The protocols of an API: one, or, where its older clients speak others, whichever a request is
 * in.
 */
final class WireProtocols {
  private final WireProtocol usual;
  private final WireProtocol targeted;
  private final WireProtocol form;

  /**
   * @param operations what is built of the model: how long the bodies of some may be
   */
  WireProtocols(ServiceModel model, Operations operations) {
    usual =
        switch (model.api().protocol()) {
          case REST_JSON -> new RestJsonProtocol(model, operations);
          case QUERY -> new QueryProtocol(model);
          case JSON -> new JsonProtocol(model);
          case CBOR -> new CborProtocol(model);
        };
    boolean others = model.api().protocol() == AwsApi.Protocol.CBOR;
    targeted = others ? new JsonProtocol(model) : usual;
    form = others ? new QueryProtocol(model) : usual;
  }

  /** The one of requests that do not say. */
  WireProtocol usual() {
    return usual;
  }

  /** The one that a request is in. */
  WireProtocol of(HttpRequest request) {
    if (CborProtocol.isSpokenIn(request)) {
      return usual;
    }
    return request.headers().first(JsonProtocol.TARGET) != null ? targeted : form;
  }
}
