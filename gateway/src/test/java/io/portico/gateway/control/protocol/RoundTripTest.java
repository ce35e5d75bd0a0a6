package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sends is what the operation gets, for every operation of every table. */
final class RoundTripTest {
  private static final int ROUNDS = 20;

  @ParameterizedTest
  @EnumSource
  void aRequestFindsItsOperationAndItsInput(AwsApi api) throws IOException {
    ServiceModel model = ServiceModel.of(api);
    WireProtocols protocols = new WireProtocols(model, Operations.builder().build());

    for (Operation operation : model.operations()) {
      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(GeneratedRequest.SEED + round);
        GeneratedRequest generated = new GeneratedRequest(model, operation, random);
        HttpRequest request = generated.request();
        String description =
            "-Dportico.seed=%d, round %d: %s %s"
                .formatted(GeneratedRequest.SEED, round, request.method(), request.target());

        WireProtocol.Asked asked = protocols.of(request).read(request);

        assertThat(asked.operation()).as(description).isSameAs(operation);
        assertThat(Json.parse(Json.text(asked.input().get())))
            .as(description)
            .isEqualTo(Json.parse(Json.text(generated.input)));
      }
    }
  }
}
