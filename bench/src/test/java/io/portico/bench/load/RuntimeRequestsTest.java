package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RuntimeRequestsTest {
  private static final byte[] POST = latin1("POST /a ");
  private static final byte[] GET = latin1("GET /b ");

  @Test
  void requestsAreFoundHoweverTheReadsCutThem() throws IOException {
    String text =
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nGET /c\r\n\r\n!"
            + "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";

    for (int most = 1; most <= text.length(); most++) {
      InputStream stream = inPieces(latin1(text), most);
      RuntimeRequests requests = new RuntimeRequests(stream);
      requests.expect(POST);
      requests.expect(GET);
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void aBodyMayBeLongerThanWhatIsReadAtOnce() throws IOException {
    int length = 1_000_000;
    String text =
        "POST /a HTTP/1.1\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + "x".repeat(length)
            + "GET /b HTTP/1.1\r\n\r\n";
    RuntimeRequests requests = new RuntimeRequests(new ByteArrayInputStream(latin1(text)));

    requests.expect(POST);
    requests.expect(GET);

    assertThatThrownBy(() -> requests.expect(GET)).hasMessageContaining("closed");
  }

  @Test
  void anotherRequestIsNamed() {
    RuntimeRequests requests =
        new RuntimeRequests(new ByteArrayInputStream(latin1("POST /error HTTP/1.1\r\n\r\n")));

    assertThatThrownBy(() -> requests.expect(POST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("POST /error HTTP/1.1");
  }

  @Test
  void aHeadWithoutEndIsRefused() {
    byte[] endless = latin1("GET /b HTTP/1.1\r\nA: " + "a".repeat(100_000));
    RuntimeRequests requests = new RuntimeRequests(new ByteArrayInputStream(endless));

    assertThatThrownBy(() -> requests.expect(GET)).hasMessageContaining("a head of more than");
  }

  private static InputStream inPieces(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
