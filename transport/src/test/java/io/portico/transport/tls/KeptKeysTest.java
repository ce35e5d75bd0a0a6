package io.portico.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import io.portico.transport.tls.HostIdentities.Named;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that BoringSSL has in its own form: which it keeps, and when it begins anew. */
final class KeptKeysTest {
  private static final int KEPT = 3;

  /** A host is asked for once where its key is kept, and for its certificate and key otherwise. */
  private static final int WHERE_KEPT = 1;

  private final Map<String, Named> hosts = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final ServerTls tls;
  private int version;

  KeptKeysTest() throws UnusableIdentityException {
    tls = ServerTls.of(made("localhost"), this::find, TlsLibrary.BORINGSSL, KEPT);
  }

  @AfterEach
  void close() {
    tls.close();
  }

  private @Nullable Named find(String host) {
    asked.incrementAndGet();
    return hosts.get(host);
  }

  private static ServerIdentity made(String name) {
    return DevelopmentCertificate.of(List.of(name), Instant.now());
  }

  private void change(String host) {
    hosts.put(host, new Named(host, String.valueOf(++version), made(host)));
  }

  @Test
  void aKeyIsKept() throws Exception {
    change("a.example.com");

    assertThat(questions("a.example.com")).isGreaterThan(WHERE_KEPT);
    assertThat(questions("a.example.com")).isEqualTo(WHERE_KEPT);
  }

  @Test
  void keysOfCertificatesThatHaveChangedGiveWayToOthers() throws Exception {
    for (int i = 0; i < 5 * KEPT; i++) {
      change("a.example.com");
      assertThat(questions("a.example.com")).isGreaterThan(WHERE_KEPT);
    }
    // One that finds that there are many, one after it.
    questions("a.example.com");
    questions("a.example.com");

    assertThat(questions("a.example.com")).isEqualTo(WHERE_KEPT);
  }

  @Test
  void keysOfHostsThatAreGoneGiveWayToOthers() throws Exception {
    for (int i = 0; i < 5 * KEPT; i++) {
      change(i + ".example.com");
      assertThat(questions(i + ".example.com")).isGreaterThan(WHERE_KEPT);
      hosts.clear();
    }
    change("a.example.com");
    questions("a.example.com");
    questions("a.example.com");

    assertThat(questions("a.example.com")).isEqualTo(WHERE_KEPT);
  }

  @Test
  void keysThatAreShownStayWhereThereAreMore() throws Exception {
    List<String> first = List.of("0.example.com", "1.example.com", "2.example.com");
    for (int i = 0; i < 3 * KEPT; i++) {
      change(i + ".example.com");
      questions(i + ".example.com");
    }

    for (String host : first) {
      assertThat(questions(host)).isEqualTo(WHERE_KEPT);
    }
    assertThat(questions("8.example.com")).isGreaterThan(WHERE_KEPT);
  }

  /** How often hosts are asked for while a new client gets to see a certificate. */
  private int questions(String host) throws GeneralSecurityException, SSLException {
    SSLEngine server = tls.handler(ByteBufAllocator.DEFAULT, Runnable::run).engine();
    int before = asked.get();
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new Trusting[] {new Trusting()}, null);
    SSLEngine client = trusting.createSSLEngine();
    client.setUseClientMode(true);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(host)));
    client.setSSLParameters(parameters);
    try {
      Handshake.between(client, server);
      int after = asked.get();
      assertThat(client.getSession().getPeerCertificates())
          .containsExactly(Objects.requireNonNull(hosts.get(host)).identity().certificate());
      return after - before;
    } finally {
      ReferenceCountUtil.release(server);
    }
  }

  /** Two engines that hand each other what they have to say. */
  private record Handshake(SSLEngine from, SSLEngine to, ByteBuffer bytes) {
    static void between(SSLEngine client, SSLEngine server) throws SSLException {
      client.beginHandshake();
      server.beginHandshake();
      Handshake asking = new Handshake(client, server, ByteBuffer.allocate(1 << 16));
      Handshake answering = new Handshake(server, client, ByteBuffer.allocate(1 << 16));
      for (int i = 0; i < 100 && !(done(client) && done(server)); i++) {
        asking.pass();
        answering.pass();
      }
      assertThat(done(client) && done(server)).isTrue();
    }

    private static boolean done(SSLEngine engine) {
      return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private void pass() throws SSLException {
      tasks(from);
      if (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        from.wrap(ByteBuffer.allocate(0), bytes);
        tasks(from);
      }
      bytes.flip();
      while (bytes.hasRemaining()
          && to.unwrap(bytes, ByteBuffer.allocate(1 << 16)).bytesConsumed() > 0) {
        tasks(to);
      }
      bytes.compact();
    }

    private static void tasks(SSLEngine engine) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
