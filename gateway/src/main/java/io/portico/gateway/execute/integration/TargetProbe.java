package io.portico.gateway.execute.integration;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** One look whether a target is there. It waits, and so is for no event loop. */
@FunctionalInterface
public interface TargetProbe {

  /**
   * Looks.
   *
   * @throws IOException if the target is not healthy
   */
  void check(Origin target) throws IOException;

  /**
   * A connection is all that is asked for, as of the targets of a network load balancer.
   *
   * @param timeout for all addresses of a host together
   */
  static TargetProbe connecting(Duration timeout) {
    return target -> {
      long deadline = System.nanoTime() + timeout.toNanos();
      IOException failure = null;
      for (InetAddress address : InetAddress.getAllByName(target.host())) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        // An interrupt ends it, which it would not with a socket of the JDK's older kind.
        try (SocketChannel channel = SocketChannel.open()) {
          channel
              .socket()
              .connect(
                  new InetSocketAddress(address, target.port()),
                  Math.clamp(left, 1, Integer.MAX_VALUE));
          return;
        } catch (IOException e) {
          failure = e;
        }
      }
      throw failure == null ? new IOException("no address for " + target.host()) : failure;
    };
  }

  /**
   * A GET is to be answered with 200 to 399, as load balancers have it by default. It is sent as
   * requests are: with TLS where they have it, to a certificate with the same name.
   *
   * <p>AWS: source: documented,
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html.
   *
   * @param path begins with a slash
   */
  static TargetProbe asking(Upstream upstream, String path, Duration timeout) {
    Headers headers = Headers.builder().add("User-Agent", "Portico-HealthChecker").build();
    return target -> {
      UpstreamResponse answer =
          upstream.send(new UpstreamRequest("GET", target, path, headers, Body.EMPTY, timeout));
      if (answer.body() instanceof Body.Streamed unread) {
        unread.discard();
      }
      if (answer.status() < 200 || answer.status() > 399) {
        throw new IOException("GET " + path + " is answered " + answer.status());
      }
    };
  }
}
