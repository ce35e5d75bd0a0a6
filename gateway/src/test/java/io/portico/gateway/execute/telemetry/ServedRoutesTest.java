package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServedRoutesTest {
  private final List<StageSnapshot> asked = new ArrayList<>();

  private StageRoutes routes(StageSnapshot stage) {
    asked.add(stage);
    return new StageRoutes(stage);
  }

  @Test
  void arePutTogetherOnceAndNotBeforeSomebodyAsks() {
    CaseApi api = new CaseApi();
    api.method("GET", "/pets", "{}");
    ServedRoutes<StageSnapshot, StageRoutes> served =
        new ServedRoutes<>(api.compile(), this::routes);
    assertThat(asked).isEmpty();

    for (String path : List.of("/pets", "/cats", "/pets")) {
      assertThat(served.routes().has(new Route(path, "GET"))).isEqualTo(path.equals("/pets"));
    }

    assertThat(asked).containsExactly(served.stage());
  }
}
