package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What hostile contents are put into has nothing refused before they are there. */
final class TriedApiTest {

  @Test
  void everythingIsMadeOfAnHonestApi() {
    TriedApi api = new TriedApi();

    api.makeEverything();

    assertThat(api.made.refused()).isEmpty();
    assertThat(api.made.succeeded())
        .containsExactlyInAnyOrder(
            "CreateDeployment",
            "CreateDocumentationVersion",
            "GetExport",
            "GetSdk",
            "GetModelTemplate",
            "GetModel",
            "TestInvokeMethod");
  }
}
