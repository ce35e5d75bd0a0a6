package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

final class EndpointContentTest {

  @Test
  void aFunctionThatFailsOnTheWayIsNoFailureOfTheNetwork() {
    GatewayFault fault =
        EndpointContent.fault(new FunctionStream.FunctionFailedException("Unhandled boom"));

    assertThat(fault.why()).isEqualTo(FaultCause.FUNCTION_FAILED);
    assertThat(fault.status()).isEqualTo(502);
    assertThat(fault.told()).isEqualTo("Unhandled boom");
  }

  @Test
  void whatBrokeOffIsToldWithoutWordsOfOurCode() {
    GatewayFault fault = EndpointContent.fault(new EOFException("the stream ended"));

    assertThat(fault.why()).isEqualTo(FaultCause.BACKEND_FAILED);
    assertThat(fault.reason()).isEqualTo("the backend's answer broke off: the stream ended");
  }
}
