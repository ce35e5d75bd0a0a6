package io.portico.transport.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a client is shown by the name it asks for. An alias has that name and the
 * certificate that went with it at that moment: key material that is kept by alias is never another
 * certificate's.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  /** No host has this name. */
  private static final String ALL_OTHERS = "/";

  private final ServerIdentity allOthers;
  private final HostIdentities hosts;

  /**
   * @param allOthers what is shown where the host has none of its own
   */
  ServerKeys(ServerIdentity allOthers, HostIdentities hosts) {
    this.allOthers = allOthers;
    this.hosts = hosts;
  }

  // What kind of key is asked for is the library's to compare: a host has one certificate.
  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    String host = host(engine);
    HostIdentities.Named own = host == null ? null : hosts.find(host);
    return own == null ? ALL_OTHERS : alias(own);
  }

  private static String alias(HostIdentities.Named own) {
    return own.name() + "/" + own.version();
  }

  private static @Nullable String host(SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : requested(session)) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName().toLowerCase(Locale.ROOT);
        }
      }
    }
    return null;
  }

  private static List<SNIServerName> requested(ExtendedSSLSession session) {
    try {
      return session.getRequestedServerNames();
    } catch (IllegalArgumentException _) {
      // BoringSSL takes names that Java does not, such as those with an underscore. None of them is
      // a custom domain name.
      return List.of();
    }
  }

  /** What an alias stands for; null if its name is shown something else by now. */
  private @Nullable ServerIdentity identity(String alias) {
    if (alias.equals(ALL_OTHERS)) {
      return allOthers;
    }
    HostIdentities.Named own = hosts.find(alias.substring(0, alias.indexOf('/')));
    return own != null && alias(own).equals(alias) ? own.identity() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ServerIdentity identity = identity(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  /**
   * The key of an alias.
   *
   * @throws IllegalStateException if its name is shown something else by now: no key at all would
   *     be kept by alias like any other
   */
  @Override
  public PrivateKey getPrivateKey(String alias) {
    ServerIdentity identity = identity(alias);
    if (identity == null) {
      throw new IllegalStateException("the certificate has changed during the handshake");
    }
    return identity.key();
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return List.of(ALL_OTHERS).toArray(String[]::new);
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALL_OTHERS;
  }
}
