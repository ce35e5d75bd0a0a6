package io.portico.bench.micro;

import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.nio.charset.StandardCharsets;

/** The call whose body is taken apart: {@code POST /orders}, which has a model and a template. */
final class Order {
  static final int BYTES = 294;
  static final String JSON =
      """
      {
        "customer": {"id": "c-204711", "email": "someone@example.com"},
        "currency": "CHF",
        "note": "leave it at the door",
        "lines": [
          {"sku": "A-1001", "quantity": 1},
          {"sku": "B-2002", "quantity": 3},
          {"sku": "C-3003", "quantity": 12},
          {"sku": "D-4004", "quantity": 2}
        ]
      }
      """;

  final SingleStages stages = new SingleStages();
  final MethodMatch match =
      stages.route(
          Calls.begun(
              Calls.postJson("/orders", JSON), MeasuredApi.stage(false), UsageSnapshot.EMPTY));
  final MethodRequest request = match.request();

  static byte[] bytes() {
    return JSON.getBytes(StandardCharsets.UTF_8);
  }
}
