package io.portico.transport.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a listener speaks TLS: 1.3 and 1.2 with forward secrecy and authenticated encryption only, as
 * HTTP/2 demands; ALPN; sessions that clients resume by tickets.
 */
public final class ServerTls implements AutoCloseable {
  private static final Duration SESSION_TIMEOUT = Duration.ofHours(12);

  /** Sessions kept for clients of TLS 1.2 that take no tickets. */
  private static final int SESSIONS = 1024;

  private final TlsLibrary library;
  private final HostIdentities hosts;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** What new connections are made of, or null once closed; guarded by {@code lock}. */
  private @Nullable SslContext context;

  private ServerTls(SslContext context, HostIdentities hosts, TlsLibrary library) {
    this.context = context;
    this.hosts = hosts;
    this.library = library;
  }

  /**
   * Prepares to show {@code identity}, and to clients that ask for hosts what those have.
   *
   * @throws UnusableIdentityException if the library does not take it
   */
  public static ServerTls of(ServerIdentity identity, HostIdentities hosts, TlsLibrary library)
      throws UnusableIdentityException {
    return new ServerTls(context(identity, hosts, library), hosts, library);
  }

  private static SslContext context(
      ServerIdentity identity, HostIdentities hosts, TlsLibrary library)
      throws UnusableIdentityException {
    try {
      SslContext context =
          SslContextBuilder.forServer(keys(identity, hosts, library))
              .sslProvider(library.provider())
              .protocols("TLSv1.3", "TLSv1.2")
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .sessionTimeout(SESSION_TIMEOUT.toSeconds())
              .sessionCacheSize(SESSIONS)
              .applicationProtocolConfig(Alpn.HTTP)
              .build();
      if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
        // BoringSSL makes the keys of tickets, and changes them, itself.
        sessions.setTicketKeys();
      }
      return context;
    } catch (SSLException e) {
      throw new UnusableIdentityException(
          "the certificate's key cannot be used for TLS: " + e.getMessage(), e);
    }
  }

  // BoringSSL is given keys in a form of its own: it is kept, by alias.
  private static KeyManagerFactory keys(
      ServerIdentity identity, HostIdentities hosts, TlsLibrary library) {
    KeyManagerFactory keys = new ServerKeyFactory(new ServerKeys(identity, hosts));
    return library == TlsLibrary.JDK ? keys : new OpenSslCachingX509KeyManagerFactory(keys);
  }

  /** What does it. */
  public TlsLibrary library() {
    return library;
  }

  /**
   * Shows {@code identity} from the next connection on; those that are there stay as they are.
   * Sessions begun before are not resumed.
   *
   * @throws UnusableIdentityException if the library does not take it; then the old one stays
   */
  public void show(ServerIdentity identity) throws UnusableIdentityException {
    replace(context(identity, hosts, library));
  }

  /**
   * For one connection.
   *
   * @param computing where what takes long in a handshake is done
   * @throws IllegalStateException if this is closed
   */
  public SslHandler handler(ByteBufAllocator allocator, Executor computing) {
    lock.readLock().lock();
    try {
      if (context == null) {
        throw new IllegalStateException("closed");
      }
      return context.newHandler(allocator, computing);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    replace(null);
  }

  private void replace(@Nullable SslContext next) {
    SslContext last;
    lock.writeLock().lock();
    try {
      last = context;
      context = last == null ? null : next;
    } finally {
      lock.writeLock().unlock();
    }
    // Connections keep their own hold of it.
    ReferenceCountUtil.release(last == null ? next : last);
  }
}
