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
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** Keys that BoringSSL keeps in its own form: some megabytes. */
  private static final int MOST_KEPT = 1024;

  private final TlsLibrary library;
  private final HostIdentities hosts;
  private final int mostKept;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicBoolean renewing = new AtomicBoolean();

  /** What new connections are made of, or null once closed; guarded by {@code lock}. */
  private @Nullable Shown shown;

  /**
   * What connections are made of.
   *
   * @param keys what it asks for them
   */
  private record Shown(SslContext context, ServerIdentity identity, ServerKeys keys) {}

  private ServerTls(ServerIdentity identity, HostIdentities hosts, TlsLibrary library, int mostKept)
      throws UnusableIdentityException {
    this.hosts = hosts;
    this.library = library;
    this.mostKept = mostKept;
    this.shown = shown(identity);
  }

  /**
   * Prepares to show {@code identity}, and to clients that ask for hosts what those have.
   *
   * @throws UnusableIdentityException if the library does not take it
   */
  public static ServerTls of(ServerIdentity identity, HostIdentities hosts, TlsLibrary library)
      throws UnusableIdentityException {
    return of(identity, hosts, library, MOST_KEPT);
  }

  /**
   * The same.
   *
   * @param mostKept keys that BoringSSL keeps in its own form before it begins anew
   */
  static ServerTls of(
      ServerIdentity identity, HostIdentities hosts, TlsLibrary library, int mostKept)
      throws UnusableIdentityException {
    return new ServerTls(identity, hosts, library, mostKept);
  }

  private Shown shown(ServerIdentity identity) throws UnusableIdentityException {
    boolean keeps = library == TlsLibrary.BORINGSSL;
    ServerKeys keys = new ServerKeys(identity, hosts, keeps ? mostKept : 0);
    try {
      SslContext context =
          SslContextBuilder.forServer(kept(keys))
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
      return new Shown(context, identity, keys);
    } catch (SSLException e) {
      throw new UnusableIdentityException(
          "the certificate's key cannot be used for TLS: " + e.getMessage(), e);
    }
  }

  // BoringSSL is given keys in a form of its own: it is kept, by alias.
  private KeyManagerFactory kept(ServerKeys keys) {
    KeyManagerFactory factory = new ServerKeyFactory(keys);
    return library == TlsLibrary.JDK
        ? factory
        : new OpenSslCachingX509KeyManagerFactory(factory, mostKept);
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
    replace(shown(identity));
  }

  /**
   * For one connection.
   *
   * @param computing where what takes long in a handshake is done
   * @throws IllegalStateException if this is closed
   */
  public SslHandler handler(ByteBufAllocator allocator, Executor computing) {
    Shown current;
    SslHandler handler;
    lock.readLock().lock();
    try {
      current = shown;
      if (current == null) {
        throw new IllegalStateException("closed");
      }
      handler = current.context().newHandler(allocator, computing);
    } finally {
      lock.readLock().unlock();
    }
    if (current.keys().areMany() && renewing.compareAndSet(false, true)) {
      computing.execute(() -> renew(current));
    }
    return handler;
  }

  /**
   * BoringSSL has as many keys as are kept, and none of them is ever forgotten: where most are
   * shown to nobody any more, it begins anew. Sessions begun before are not resumed.
   */
  private void renew(Shown full) {
    try {
      if (!full.keys().areMostlyGone()) {
        return;
      }
      Shown next = shown(full.identity());
      lock.writeLock().lock();
      try {
        if (shown == full) {
          shown = next;
          next = full;
        }
      } finally {
        lock.writeLock().unlock();
      }
      ReferenceCountUtil.release(next.context());
    } catch (UnusableIdentityException e) {
      throw new IllegalStateException("what was usable before is not any more", e);
    } finally {
      renewing.set(false);
    }
  }

  @Override
  public void close() {
    replace(null);
  }

  private void replace(@Nullable Shown next) {
    Shown last;
    lock.writeLock().lock();
    try {
      last = shown;
      shown = last == null ? null : next;
    } finally {
      lock.writeLock().unlock();
    }
    // Connections keep their own hold of it.
    Shown unused = last == null ? next : last;
    ReferenceCountUtil.release(unused == null ? null : unused.context());
  }
}
