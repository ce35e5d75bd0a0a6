package io.portico.transport.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.portico.transport.support.Answers;
import io.portico.transport.support.Keytool;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.HostIdentities.Named;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import io.portico.transport.tls.UnusableIdentityException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients are shown that ask for a host by name, by each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
final class HostCertificatesTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private final Transport transport = new Transport();
  private final Map<String, ServerIdentity> hosts = new ConcurrentHashMap<>();
  private final ServerIdentity allOthers = made("localhost");
  private final ServerTls tls;
  private final AtomicInteger asked = new AtomicInteger();
  private InetSocketAddress address;

  /** How often hosts are asked for until one is gone for once; 0 for never. */
  private volatile int goneAt;

  HostCertificatesTest(TlsLibrary library) throws UnusableIdentityException {
    tls = ServerTls.of(allOthers, this::find, library);
  }

  @BeforeEach
  void listen() throws IOException {
    address = transport.listen(Transport.patient(), _ -> Answers.text("ok"), tls).address();
  }

  @AfterEach
  void close() {
    transport.close();
    tls.close();
  }

  private @Nullable Named find(String host) {
    if (asked.incrementAndGet() == goneAt) {
      return null;
    }
    String wildcard = host.replaceFirst("[^.]*", "*");
    String name = hosts.containsKey(host) ? host : wildcard;
    ServerIdentity identity = hosts.get(name);
    return identity == null
        ? null
        : new Named(name, Integer.toHexString(System.identityHashCode(identity)), identity);
  }

  private static ServerIdentity made(String name) {
    return DevelopmentCertificate.of(List.of(name), Instant.now());
  }

  @Test
  void aHostIsShownItsOwnAndAllOthersTheOneThereIs() throws Exception {
    ServerIdentity own = made("api.example.com");
    hosts.put("api.example.com", own);

    for (String version : VERSIONS) {
      assertThat(shown("api.example.com", version)).containsExactly(own.certificate());
      assertThat(shown("API.Example.COM", version)).containsExactly(own.certificate());
      assertThat(shown("other.example.com", version)).containsExactly(allOthers.certificate());
      assertThat(shown((SNIServerName) null, version)).containsExactly(allOthers.certificate());
    }
  }

  @Test
  void allHostsThatAWildcardCoversAreShownTheSame() throws Exception {
    ServerIdentity own = made("*.example.com");
    hosts.put("*.example.com", own);

    for (String version : VERSIONS) {
      assertThat(shown("a.example.com", version)).containsExactly(own.certificate());
      assertThat(shown("b.example.com", version)).containsExactly(own.certificate());
      assertThat(shown("a.example.org", version)).containsExactly(allOthers.certificate());
    }
  }

  @Test
  void aChangeIsShownFromTheNextConnectionOn() throws Exception {
    ServerIdentity first = made("api.example.com");
    ServerIdentity second = made("api.example.com");
    for (String version : VERSIONS) {
      hosts.put("api.example.com", first);
      assertThat(shown("api.example.com", version)).containsExactly(first.certificate());
      hosts.put("api.example.com", second);
      assertThat(shown("api.example.com", version)).containsExactly(second.certificate());
      hosts.remove("api.example.com");
      assertThat(shown("api.example.com", version)).containsExactly(allOthers.certificate());
    }
  }

  @Test
  void aHostMayHaveAKeyOfAnotherKindAndAChain(@TempDir Path folder) throws Exception {
    Keytool keys =
        new Keytool(folder)
            .make("root", "-keyalg", "EC", "-ext", "bc:c")
            .make("rsa.example.com", "-keyalg", "RSA", "-signer", "root");
    ServerIdentity own =
        ServerIdentity.of(keys.chainFile("rsa.example.com"), keys.keyFile("rsa.example.com"));
    hosts.put("rsa.example.com", own);

    for (String version : VERSIONS) {
      assertThat(shown("rsa.example.com", version))
          .containsExactly(own.certificate(), keys.certificate("root"));
    }
  }

  @Test
  void otherIssuersOfACertificateAreShownFromTheNextConnectionOn(@TempDir Path folder)
      throws Exception {
    Keytool keys =
        new Keytool(folder)
            .make("root", "-keyalg", "EC", "-ext", "bc:c")
            .make("api.example.com", "-keyalg", "EC", "-signer", "root");
    X509Certificate root = keys.certificate("root");
    X509Certificate own = keys.certificate("api.example.com");
    PrivateKey key = keys.key("api.example.com");

    for (String version : VERSIONS) {
      hosts.put("api.example.com", new ServerIdentity(List.of(own), key));
      assertThat(shown("api.example.com", version)).containsExactly(own);
      hosts.put("api.example.com", new ServerIdentity(List.of(own, root), key));
      assertThat(shown("api.example.com", version)).containsExactly(own, root);
    }
  }

  @Test
  void oneThatGoesDuringAHandshakeIsShownAgainWhenItIsBack() throws Exception {
    for (String version : VERSIONS) {
      for (int time = 2; time <= 3; time++) {
        ServerIdentity own = made("api.example.com");
        hosts.put("api.example.com", own);
        asked.set(0);
        goneAt = time;
        Throwable refused = catchThrowable(() -> shown("api.example.com", version));
        goneAt = 0;

        assertThat(asked.get()).as("refused with %s", refused).isGreaterThanOrEqualTo(time);
        assertThat(shown("api.example.com", version)).containsExactly(own.certificate());
      }
    }
  }

  @Test
  void aNameThatJavaDoesNotTakeIsShownWhatAllOthersAre() throws Exception {
    assumeThat(tls.library()).as("the JDK refuses them itself").isEqualTo(TlsLibrary.BORINGSSL);

    for (String version : VERSIONS) {
      for (String name : List.of("my_gateway", "api.example.com.", "*.example.com")) {
        assertThat(shown(unchecked(name), version)).containsExactly(allOthers.certificate());
      }
    }
  }

  private static SNIServerName unchecked(String name) {
    return new SNIServerName(StandardConstants.SNI_HOST_NAME, name.getBytes(US_ASCII)) {};
  }

  @Test
  void theOneForAllOthersIsReplacedBesideThoseOfHosts() throws Exception {
    ServerIdentity own = made("api.example.com");
    ServerIdentity renewed = made("localhost");
    hosts.put("api.example.com", own);

    tls.show(renewed);

    assertThat(shown("api.example.com", "TLSv1.3")).containsExactly(own.certificate());
    assertThat(shown("localhost.example.com", "TLSv1.3")).containsExactly(renewed.certificate());
  }

  /** The certificates that a new client gets to see. */
  private Certificate[] shown(@Nullable String host, String version)
      throws IOException, GeneralSecurityException {
    return shown(host == null ? null : new SNIHostName(host), version);
  }

  private Certificate[] shown(@Nullable SNIServerName host, String version)
      throws IOException, GeneralSecurityException {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new X509TrustManager[] {new Trusting()}, null);
    try (Socket plain = new Socket()) {
      plain.connect(address, PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) trusting.getSocketFactory().createSocket(plain, null, 0, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        if (host != null) {
          parameters.setServerNames(List.of(host));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket.getSession().getPeerCertificates();
      }
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
