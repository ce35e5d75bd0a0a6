package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CatalogTest {

  @Test
  void everyClientHasAKeyOfItsOwn() {
    assertThat(Catalog.keys()).hasSize(Catalog.CLIENTS).doesNotHaveDuplicates();
    assertThat(Catalog.keys()).isEqualTo(Catalog.keys());
    assertThat(Catalog.calls())
        .extracting(call -> call.headers().getFirst().replace("x-api-key: ", ""))
        .containsExactlyElementsOf(Catalog.keys());
  }

  @Test
  void everyRouteIsCalledAsOftenAsAnyOther() {
    assertThat(Catalog.calls())
        .extracting(call -> route(call.path()))
        .hasSize(Catalog.CLIENTS)
        .satisfies(
            routes ->
                assertThat(routes.stream().distinct())
                    .hasSize(200)
                    .allSatisfy(
                        route -> assertThat(routes.stream().filter(route::equals)).hasSize(50)));
  }

  @Test
  void strangersHaveNoKeyOfAClient() {
    assertThat(Catalog.callsOfStrangers())
        .allSatisfy(
            call ->
                assertThat(call.headers())
                    .allSatisfy(
                        header ->
                            assertThat(Catalog.keys())
                                .doesNotContain(header.replace("x-api-key: ", ""))));
  }

  private static String route(String path) {
    return path.replaceFirst("/files/.*", "/files/{proxy+}").replaceAll("/\\d+(?=/|$)", "/{}");
  }
}
