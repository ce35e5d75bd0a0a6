package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NearestRoutesTest {
  private static final List<String> ROUTES =
      List.of(
          "ANY /files/{proxy+}",
          "GET /pets",
          "GET /pets/{petId}",
          "POST /pets",
          "PUT /pets/{petId}/owners/{ownerId}",
          "$default");

  @Test
  void theSamePathWithAnotherMethodComesFirst() {
    assertThat(new NearestRoutes("DELETE", "/pets").among(ROUTES))
        .startsWith("GET /pets", "POST /pets");
  }

  @Test
  void aSlipOfAFingerIsFound() {
    assertThat(new NearestRoutes("GET", "/pest").among(ROUTES)).startsWith("GET /pets");
    assertThat(new NearestRoutes("POST", "/Pets").among(ROUTES)).startsWith("POST /pets");
    assertThat(new NearestRoutes("PUT", "/pets/7/owner/8").among(ROUTES))
        .startsWith("PUT /pets/{petId}/owners/{ownerId}");
  }

  @Test
  void variablesStandForWhatIsThere() {
    NearestRoutes nearest = new NearestRoutes("POST", "/pets/a-long-name-of-a-pet");

    assertThat(nearest.among(ROUTES)).startsWith("GET /pets/{petId}");
    assertThat(nearest.isOnPath("GET /pets/{petId}")).isTrue();
    assertThat(nearest.takes("GET /pets/{petId}")).isFalse();
    assertThat(new NearestRoutes("POST", "/files/a/b/c").takes("ANY /files/{proxy+}")).isTrue();
  }

  @Test
  void aLongPathIsOnNoShorterRoute() {
    String twelve = "/a/b/c/d/e/f/g/h/i/j/k/l";

    NearestRoutes longer = new NearestRoutes("GET", twelve + "/m/n");

    assertThat(new NearestRoutes("GET", twelve).isOnPath("GET " + twelve)).isTrue();
    assertThat(longer.isOnPath("GET " + twelve)).isFalse();
    assertThat(longer.isOnPath("GET /a/{all+}")).isTrue();
    assertThat(longer.among(List.of("GET /a/{all+}"))).containsExactly("GET /a/{all+}");
  }

  /** Strangers choose the paths, and a list has a thousand of them. */
  @Test
  void hostilePathsAreComparedInNoTime() {
    List<String> routes =
        IntStream.range(0, 300).mapToObj(i -> "GET /" + "abcdefghij/".repeat(10) + i).toList();
    NearestRoutes nearest = new NearestRoutes("GET", ("/" + "x".repeat(100)).repeat(80));

    assertThat(
            assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> IntStream.range(0, 10).mapToObj(i -> nearest.among(routes)).toList()))
        .allSatisfy(near -> assertThat(near).isEmpty());
  }

  @Test
  void whatHasNothingInCommonIsNotNear() {
    assertThat(new NearestRoutes("GET", "/zzzzzzzzzzzzzzzzzzzzzzz").among(ROUTES)).isEmpty();
    assertThat(new NearestRoutes("GET", "/x").among(List.of())).isEmpty();
  }
}
