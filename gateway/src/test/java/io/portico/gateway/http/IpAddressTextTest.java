package io.portico.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IpAddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::1, ::1",
    "::, ::",
    "1::, 1::",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:1:0:0:0:0:0, 0:0:1::",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void anAddressHasOneForm(String address, String text) throws UnknownHostException {
    assertThat(IpAddressText.of(InetAddress.getByName(address))).isEqualTo(text);
  }

  @Test
  void aZoneIsLeftOut() throws UnknownHostException {
    byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();

    assertThat(IpAddressText.of(Inet6Address.getByAddress(null, linkLocal, 2)))
        .isEqualTo("fe80::1");
  }
}
