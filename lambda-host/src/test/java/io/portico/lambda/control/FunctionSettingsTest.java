package io.portico.lambda.control;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.lambda.isolation.Isolation;
import io.portico.lambda.runtime.Bootstraps;
import io.portico.lambda.runtime.FunctionLauncher;
import io.portico.lambda.runtime.Interpreters;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionSettingsTest {
  @TempDir Path temporary = Path.of("");

  /** Those of a machine on which Node.js was, and is no more. */
  private FunctionSettings settings() {
    return new FunctionSettings(
        new FunctionLauncher(
            new Interpreters(Map.of("nodejs22.x", temporary.resolve("node")), Map.of()),
            new Bootstraps(temporary.resolve("runtime")),
            Map::of,
            Isolation.NONE),
        role -> true);
  }

  @Test
  void anInterpreterIsLookedForWhereARuntimeIsNamed() {
    Input input = new Input(Json.object().put("Runtime", "nodejs22.x"));

    assertThatThrownBy(() -> settings().check(input))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("is no Node.js");
  }

  @Test
  void aFunctionWhoseInterpreterIsGoneCanBeChanged() {
    Input input = new Input(Json.object().put("Timeout", 9));

    assertThatCode(() -> settings().check(input)).doesNotThrowAnyException();
  }
}
