package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.snapshot.FunctionId;
import org.junit.jupiter.api.Test;

final class LineageTest {
  private static final FunctionId F = new FunctionId("000000000000", "us-east-1", "f");
  private static final FunctionId G = new FunctionId("000000000000", "us-east-1", "g");

  private static String invoked(int times, FunctionId... functions) {
    String trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
    for (int i = 0; i < times; i++) {
      for (FunctionId function : functions) {
        trace = TraceId.invocation(trace, function);
      }
    }
    return trace;
  }

  @Test
  void aTraceGoesOnAndCountsInvocations() {
    assertThat(TraceId.invocation(null, F))
        .matches(
            "Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0");
    assertThat(invoked(3, F))
        .matches(
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1"
                + ";Lineage=[0-9a-f]{8}:2");
  }

  @Test
  void whatATraceSaysOfItsParentIsHandedOn() {
    String trace = "Root=1-0-0; Parent=53995c3f42cd8ad8;Sampled=1;Lineage=x";

    assertThat(TraceId.invocation(trace, F))
        .startsWith("Root=1-0-0;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=");
    assertThat(TraceId.continued("Root=1-0-0", "Self=1;Parent=x"))
        .matches("Root=1-0-0;Parent=[0-9a-f]{16};Sampled=0");
  }

  @Test
  void theSeventeenthInvocationIsALoop() {
    assertThat(Lineage.of(invoked(16, F)).isLoop(F)).isFalse();
    assertThat(Lineage.of(invoked(17, F)).isLoop(F)).isTrue();
    assertThat(Lineage.of(invoked(17, F)).isEndless(F)).isFalse();
    assertThat(Lineage.of(invoked(18, F)).isEndless(F)).isTrue();
  }

  @Test
  void functionsThatInvokeEachOtherAreCountedEach() {
    String trace = invoked(16, F, G);

    assertThat(Lineage.of(trace).isLoop(F)).isFalse();
    assertThat(Lineage.of(trace).then(F).isLoop(F)).isTrue();
    assertThat(Lineage.of(trace).then(F).isLoop(G)).isFalse();
  }

  @Test
  void aLineageOfManyFunctionsStaysShort() {
    String trace = invoked(5, F);
    for (int i = 0; i < 40; i++) {
      trace = TraceId.invocation(trace, new FunctionId("000000000000", "us-east-1", "f" + i));
    }

    assertThat(trace).hasSizeLessThan(400);
    assertThat(Lineage.of(trace).then(F).toString()).endsWith(":0");
  }

  @Test
  void whatIsNotUnderstoodIsLeftOut() {
    String trace = "Lineage=1:a87bd80c:3|x|a87bd80c:5|c512fbe3:99999999999;Root=no;Self=1";

    assertThat(Lineage.of(trace)).hasToString("Lineage=a87bd80c:5");
    assertThat(Lineage.of("Root=1-0-0")).hasToString("Lineage=");
    assertThat(TraceId.invocation(trace, F)).startsWith("Root=1-");
  }
}
