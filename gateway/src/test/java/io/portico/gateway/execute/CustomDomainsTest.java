package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CustomDomainsTest {
  private static final GatewaySnapshot SNAPSHOT =
      GatewaySnapshot.EMPTY.withDomains(
          none ->
              PersistentTable.of(
                  Map.of("*.example.com", name("*.example.com"), "a.test", name("a.test"))));

  private static DomainNameSnapshot name(String domainName) {
    return new DomainNameSnapshot(domainName, false, null, List.of(), Map.of(), 0, null, null);
  }

  private static @Nullable String called(String host) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    DomainNameSnapshot domain =
        CustomDomains.of(
            new HttpRequest(
                "GET",
                "/",
                "HTTP/1.1",
                Headers.of("Host", host),
                Body.EMPTY,
                new ClientConnection(address, address, null),
                0),
            SNAPSHOT,
            "control.example.com"::equals);
    return domain == null ? null : domain.domainName();
  }

  @Test
  void aHostIsANameWhateverItsCasingAndPort() {
    assertThat(called("A.test:4566")).isEqualTo("a.test");
    assertThat(called("a.test.")).isEqualTo("a.test");
    assertThat(called("any.example.com")).isEqualTo("*.example.com");
    assertThat(called("b.test")).isNull();
    assertThat(called("")).isNull();
  }

  @Test
  void aWildcardDoesNotTakeWhatIsKept() {
    assertThat(called("control.example.com")).isNull();
    assertThat(called("Control.Example.com.:4566")).isNull();
  }
}
