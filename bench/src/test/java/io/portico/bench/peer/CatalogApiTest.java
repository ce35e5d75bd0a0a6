package io.portico.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.bench.load.Catalog;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CatalogApiTest {

  @Test
  void nginxKnowsEveryRouteAndEveryKey() {
    Path checkout = Path.of("..");
    Workplace workplace = new Workplace(checkout, checkout, new Cores());

    Map<String, String> places = CatalogApi.nginxPlaces(workplace);

    assertThat(
            places
                .getOrDefault("locations", "")
                .lines()
                .filter(line -> line.contains("proxy_pass")))
        .hasSize(200);
    assertThat(places.getOrDefault("locations", "")).doesNotContain("${");
    assertThat(places.getOrDefault("keys", "").lines().map(line -> line.strip().split(" ", -1)[0]))
        .containsExactlyElementsOf(Catalog.keys());
  }
}
