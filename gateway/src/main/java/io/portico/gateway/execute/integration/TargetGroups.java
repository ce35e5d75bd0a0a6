package io.portico.gateway.execute.integration;

import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot.ApiSnapshot;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.TargetGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The target groups of private integrations, as load balancers keep them: requests go to healthy
 * targets in turn, or to all of them while none is healthy.
 *
 * <p>AWS: source: documented,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
 * That a target to which there is no connection is passed over is Portico's own; it happens before
 * anything of the request is sent, whatever its method, and a body that streams stays whole. So is
 * a target that ends a connection which was kept, and is then gone, if the request may be repeated.
 *
 * <p>What is known of a target is kept as long as a stage leads to it. A method may be tested that
 * no stage has: its targets are asked as they come.
 */
public final class TargetGroups {
  private final Upstream upstream;
  private final TargetHealth health;
  private final Supplier<Set<TargetGroup>> served;
  private volatile Map<TargetGroup, Rotation> rotations = Map.of();
  private volatile Consumer<Map<String, Hosts>> listener = hosts -> {};

  /**
   * The groups that stages lead to.
   *
   * @param upstream reaches targets
   * @param health of targets
   * @param snapshot tells which stages there are
   */
  public TargetGroups(Upstream upstream, TargetHealth health, CurrentSnapshot snapshot) {
    this.upstream = upstream;
    this.health = health;
    this.served = () -> groups(snapshot);
    health.onChange(this::changed);
    snapshot.onStages(ignored -> follow());
  }

  private TargetGroups(Upstream upstream) {
    this.upstream = upstream;
    this.health = TargetHealth.unchecked();
    this.served = Set::of;
  }

  /** Groups of which nothing is known but their targets. */
  public static TargetGroups unchecked(Upstream upstream) {
    return new TargetGroups(upstream);
  }

  /**
   * How the targets of an ARN are, each a host and port.
   *
   * @param healthy how many take requests
   * @param unhealthy how many do not
   */
  public record Hosts(int healthy, int unhealthy) {}

  /**
   * Has somebody told how targets are, by ARN, now and with each change.
   *
   * @param told called by one thread at a time
   */
  public synchronized void onHealth(Consumer<Map<String, Hosts>> told) {
    listener = told;
    told.accept(hosts());
  }

  /** What is sent by it goes to a target of the group, whatever origin the request names. */
  public Upstream of(TargetGroup group) {
    return request -> send(group, request);
  }

  private UpstreamResponse send(TargetGroup group, UpstreamRequest request)
      throws UpstreamException {
    long start = System.nanoTime();
    Rotation known = rotations.get(group);
    Iterator<Origin> targets = (known == null ? group.targets() : known.next()).iterator();
    Duration gone = Duration.ZERO;
    while (true) {
      try {
        return upstream.send(request.to(targets.next(), gone));
      } catch (UpstreamException e) {
        gone = Duration.ofNanos(System.nanoTime() - start);
        if (!mayGoElsewhere(e)
            || !targets.hasNext()
            || request.headTimeout().compareTo(gone) <= 0) {
          throw e;
        }
      }
    }
  }

  /**
   * Only then is another target asked: no server has seen anything of the request, or the one that
   * may have is gone, and the request is one that may be sent twice.
   */
  private static boolean mayGoElsewhere(UpstreamException failure) {
    return switch (failure.reason()) {
      case UNKNOWN_HOST, CONNECT_FAILED, CONNECT_TIMEOUT, LOST_AND_UNREACHED -> true;
      case TLS_FAILED,
          TIMEOUT,
          CONNECTION_LOST,
          INVALID_RESPONSE,
          CANCELLED,
          REQUEST_TOO_LARGE,
          OVERLOADED ->
          false;
    };
  }

  private static Set<TargetGroup> groups(CurrentSnapshot snapshot) {
    Set<TargetGroup> groups = new HashSet<>();
    for (ApiSnapshot api : snapshot.get().apis().values()) {
      for (ServedStage stage : api.stages().values()) {
        groups.addAll(stage.targetGroups());
      }
    }
    return groups;
  }

  /** Stages have changed. Whichever change this is called for, it is the latest that counts. */
  private synchronized void follow() {
    Set<TargetGroup> groups = served.get();
    if (groups.equals(rotations.keySet())) {
      return;
    }
    Map<TargetGroup, Rotation> next = new HashMap<>();
    Set<Origin> targets = new LinkedHashSet<>();
    for (TargetGroup group : groups) {
      Rotation known = rotations.get(group);
      next.put(group, known == null ? new Rotation(group.targets()) : known);
      targets.addAll(group.targets());
    }
    rotations = Map.copyOf(next);
    health.watch(targets);
    changed();
  }

  private synchronized void changed() {
    rotations.forEach((group, rotation) -> rotation.take(inService(group)));
    listener.accept(hosts());
  }

  private List<Origin> inService(TargetGroup group) {
    List<Origin> healthy = group.targets().stream().filter(health::isHealthy).toList();
    return healthy.isEmpty() ? group.targets() : healthy;
  }

  private Map<String, Hosts> hosts() {
    Map<String, Map<String, Boolean>> byArn = new TreeMap<>();
    for (TargetGroup group : rotations.keySet()) {
      Map<String, Boolean> hosts = byArn.computeIfAbsent(group.arn(), arn -> new HashMap<>());
      for (Origin target : group.targets()) {
        // It may be called in several ways, with TLS and without.
        hosts.merge(
            target.host() + ":" + target.port(), health.isHealthy(target), Boolean::logicalAnd);
      }
    }
    Map<String, Hosts> counted = new TreeMap<>();
    byArn.forEach(
        (arn, hosts) -> {
          int healthy = (int) hosts.values().stream().filter(Boolean::booleanValue).count();
          counted.put(arn, new Hosts(healthy, hosts.size() - healthy));
        });
    return counted;
  }
}
