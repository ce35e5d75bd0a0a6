package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.CanonicalPath;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResourcePathTest {

  @Test
  void givesTheVariablesOfAPathThatLeadsToTheResource() {
    assertThat(variables("/pets/{petId}", "/pets/7")).containsExactly(Map.entry("petId", "7"));
    assertThat(variables("/a/{b}/c/{d+}", "/a/1/c/2/3/"))
        .containsExactly(Map.entry("b", "1"), Map.entry("d", "2/3"));
    assertThat(variables("/{proxy+}", "/{proxy+}")).containsExactly(Map.entry("proxy", "{proxy+}"));
  }

  @Test
  void anyOtherPathHasNone() {
    assertThat(variables("/pets/{petId}", "/pets")).isEmpty();
    assertThat(variables("/pets/{petId}", "/pets/7/toys")).isEmpty();
    assertThat(variables("/pets/{petId}", "/dogs/7")).isEmpty();
    assertThat(variables("/a/{b}/{c+}", "/a/1")).isEmpty();
    assertThat(variables("/", "/")).isEmpty();
  }

  private static Map<String, String> variables(String resourcePath, String path) {
    return ResourcePath.variables(resourcePath, CanonicalPath.of("", path));
  }
}
