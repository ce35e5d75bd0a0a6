package io.portico.transport.upstream;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Addresses of hosts, looked up by the JDK (which caches them) on threads of its own: a lookup
 * blocks for as long as the system's resolver likes. Lookups of one name at one time are one.
 */
final class HostAddresses implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MOST_WAITING = 1024;

  private final ThreadPoolExecutor lookups;
  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();

  HostAddresses() {
    lookups =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("portico-lookup-", 0).factory());
    lookups.allowCoreThreadTimeOut(true);
  }

  /** The addresses of {@code host}; completed on any thread, at once for an address as text. */
  CompletableFuture<InetAddress[]> of(String host) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      try {
        return CompletableFuture.completedFuture(
            new InetAddress[] {InetAddress.getByAddress(host, literal)});
      } catch (UnknownHostException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
    CompletableFuture<InetAddress[]> other = underWay.putIfAbsent(host, mine);
    if (other != null) {
      return other;
    }
    try {
      lookups.execute(() -> lookUp(host, mine));
    } catch (RejectedExecutionException e) {
      underWay.remove(host, mine);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void lookUp(String host, CompletableFuture<InetAddress[]> result) {
    try {
      InetAddress[] found = InetAddress.getAllByName(host);
      underWay.remove(host, result);
      result.complete(found);
    } catch (UnknownHostException | RuntimeException e) {
      underWay.remove(host, result);
      result.completeExceptionally(e);
    }
  }

  /** Threads that may block, for what else connecting needs. */
  Executor threads() {
    return lookups;
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
