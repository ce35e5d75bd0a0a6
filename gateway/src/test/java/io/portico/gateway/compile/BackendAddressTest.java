package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendAddressTest {
  private static final StageVariables VARIABLES =
      new StageVariables(Map.of("host", "pets.test", "path", "v1"));

  @Test
  void takesAnAddressApart() throws UnusableException {
    BackendAddress address =
        of("https://${stageVariables.host}:8443/${stageVariables.path}/{id}?q={q}");

    assertThat(address.origin()).isEqualTo(new Origin(true, "pets.test", 8443, true));
    assertThat(address.path().expand(Map.of("id", "7"))).isEqualTo("/v1/7");
    assertThat(address.query().expand(Map.of("q", "x"))).isEqualTo("q=x");
  }

  @Test
  void knowsTheSchemesPorts() throws UnusableException {
    assertThat(of("http://a.test").origin().port()).isEqualTo(80);
    assertThat(of("HTTPS://a.test").origin().port()).isEqualTo(443);
    assertThat(of("http://[::1]:81/").origin().host()).isEqualTo("::1");
    assertThat(of("http://a.test").path().expand(Map.of())).isEqualTo("/");
  }

  @Test
  void encodesWhatMayNotStandInATarget() throws UnusableException {
    BackendAddress address = of("http://a.test/a b/é\"<>?x=\r\ny#fragment");

    assertThat(address.path().expand(Map.of())).isEqualTo("/a%20b/%C3%A9%22%3C%3E");
    assertThat(address.query().expand(Map.of())).isEqualTo("x=%0D%0Ay");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pets.test/x",
        "ftp://a.test/",
        "http://",
        "http:///x",
        "http://user:pass@a.test/",
        "http://a.test:0/",
        "http://a.test:99999/",
        "http://a.test:x/",
        "http://a b.test/",
        "http://{host}/x",
        "http://${stageVariables.none}.test/",
        "http://a.test\r\n.evil/",
      })
  void refusesWhatCannotBeCalled(String uri) {
    assertThatThrownBy(() -> of(uri)).isInstanceOf(UnusableException.class);
  }

  private static BackendAddress of(String uri) throws UnusableException {
    return BackendAddress.of(uri, VARIABLES, true);
  }
}
