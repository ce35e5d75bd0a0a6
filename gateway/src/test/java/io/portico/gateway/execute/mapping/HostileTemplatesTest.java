package io.portico.gateway.execute.mapping;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.jsonpath.CompiledPaths;
import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.VtlException;
import io.portico.gateway.vtl.VtlTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that double with each step, given to the objects of a mapping template. */
final class HostileTemplatesTest {
  private static final String DOUBLED =
      "#set($a = ['x'])#foreach($i in [1..64])#set($a = [$a, $a])#end";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$input.json($a)",
        "$input.path($a)",
        "$input.params($a)",
        "$stageVariables.get($a)",
        "$stageVariables.containsKey($a)",
        "$stageVariables[$a]",
        "$names.put($a, 'v')",
        "$util.escapeJavaScript($a)",
        "$util.urlEncode($a)",
        "$util.base64Encode($a)",
        "$util.parseJson($a)",
      })
  void doublingValuesStopAtTheBudget(String use) {
    VtlTemplate template = VtlTemplate.parse(DOUBLED + use);
    Map<String, Object> roots =
        Map.of(
            "input",
            new InputObject(
                new Payload(new byte[0]),
                new RequestParameters(Map.of(), new QueryString(null), Headers.empty()),
                CompiledPaths.of(List.of())),
            "util",
            UtilObject.INSTANCE,
            "stageVariables",
            new StageVariablesObject(Map.of()),
            "names",
            new StageVariablesObject(Map.of()));

    assertThatExceptionOfType(VtlException.class)
        .isThrownBy(
            () ->
                template.render(
                    roots,
                    new Budget(
                        new ComputeTime(System.nanoTime() + 20_000_000_000L, Carrier.UNSHARED),
                        100_000,
                        1_000)));
  }
}
