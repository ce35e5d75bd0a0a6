package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.ServiceModel;
import org.junit.jupiter.api.Test;

/** The commands of {@code @connections} are the operations of AWS's model. */
final class ConnectionOperationsTest {

  @Test
  void casesCallEveryOperationOfTheModel() {
    String cases =
        String.join(
            "\n",
            CaseFiles.ofWebSocketApis().values().stream().map(CaseFiles.Content::text).toList());

    assertThat(ServiceModel.of(AwsApi.API_GATEWAY_MANAGEMENT).operationNames())
        .containsExactlyInAnyOrder("PostToConnection", "GetConnection", "DeleteConnection");
    assertThat(cases)
        .contains(
            "POST /@connections/{connectionId}",
            "GET /@connections/{connectionId}",
            "DELETE /@connections/{connectionId}");
  }
}
