package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void whatHasNothingInCommonIsNotNear() {
    assertThat(new NearestRoutes("GET", "/zzzzzzzzzzzzzzzzzzzzzzz").among(ROUTES)).isEmpty();
    assertThat(new NearestRoutes("GET", "/x").among(List.of())).isEmpty();
  }
}
