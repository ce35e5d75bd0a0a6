package io.portico.gateway.execute.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseConnection;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.WebSocketCaseDefinition;
import io.portico.gateway.execute.websocket.ConnectionGroups.Group;
import io.portico.gateway.execute.websocket.ConnectionGroups.Joined;
import io.portico.gateway.execute.websocket.OpenConnections.Place;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConnectionGroupsTest {
  private static final int MOST = 3;

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final OpenConnections connections =
      new OpenConnections(
          snapshot, new ConnectionBounds(Integer.MAX_VALUE, Integer.MAX_VALUE, null, MOST, 64));
  private final ConnectionGroups groups = connections.groups();
  private final WebSocketStage stage = stage();

  private WebSocketStage stage() {
    WebSocketCaseDefinition definition = new WebSocketCaseDefinition();
    assertThat(definition.take("route $default", "")).isTrue();
    GatewaySnapshot served = definition.served();
    snapshot.update(current -> served);
    return (WebSocketStage) Objects.requireNonNull(served.served(CaseApi.ID, CaseApi.STAGE));
  }

  /** A client that is there, and of which nothing is heard. */
  private static final class Silent implements WebSocketListener {
    @Override
    public void opened(WebSocketConnection connection) {}

    @Override
    public void message(WebSocketConnection connection, WebSocketMessage message) {}

    @Override
    public void closed(WebSocketConnection connection, WebSocketClose close) {}
  }

  private OpenConnection open(String id) throws UnknownHostException {
    HttpRequest handshake =
        CaseGateway.fromTheClient("GET", "/prod", "HTTP/1.1", Headers.of("Host", "h"), Body.EMPTY);
    OpenConnection connection =
        new OpenConnection(
            id,
            stage,
            new ApiAddress(CaseApi.ID, CaseApi.STAGE, "", "h", null),
            Instant.EPOCH,
            handshake,
            Caller.ANONYMOUS);
    assertThat(connections.take("192.0.2.7")).isEqualTo(Place.TAKEN);
    connection.opened(new CaseConnection(new Silent()));
    connections.add(connection);
    return connection;
  }

  private Group group(String name) {
    return new Group(stage.key(), name);
  }

  private Joined join(String name, String connectionId) {
    return groups.join(group(name), () -> connections.find(connectionId, stage.key()));
  }

  @Test
  void membersAreInTheOrderOfTheirIds() throws UnknownHostException {
    for (String id : List.of("c", "a", "b")) {
      OpenConnection _ = open(id);
      assertThat(join("room", id)).isEqualTo(Joined.MEMBER);
    }

    assertThat(groups.members(group("room")).keySet()).containsExactly("a", "b", "c");
    assertThat(groups.members(group("other"))).isEmpty();
    assertThat(groups.members(new Group("another stage", "room"))).isEmpty();
  }

  @Test
  void aConnectionIsInSoManyGroupsAtMost() throws UnknownHostException {
    OpenConnection connection = open("a");
    for (int i = 0; i < MOST; i++) {
      assertThat(join("room-" + i, "a")).isEqualTo(Joined.MEMBER);
    }

    assertThat(join("room-9", "a")).isEqualTo(Joined.TOO_MANY);
    assertThat(join("room-0", "a")).isEqualTo(Joined.MEMBER);

    groups.leave(group("room-0"), connection);
    assertThat(join("room-9", "a")).isEqualTo(Joined.MEMBER);
  }

  @Test
  void whatHasEndedIsInNoGroupAndJoinsNone() throws UnknownHostException {
    OpenConnection connection = open("a");
    OpenConnection _ = open("b");
    assertThat(join("room", "a")).isEqualTo(Joined.MEMBER);
    assertThat(join("alone", "a")).isEqualTo(Joined.MEMBER);
    assertThat(join("room", "b")).isEqualTo(Joined.MEMBER);

    connections.remove(connection);

    assertThat(groups.members(group("room")).keySet()).containsExactly("b");
    assertThat(groups.size()).isEqualTo(1);
    assertThat(join("room", "a")).isEqualTo(Joined.GONE);
  }

  /** Whoever joins while its connection ends is a member of nothing afterwards. */
  @Test
  void nothingIsLeftOfConnectionsThatEndWhileTheyJoin() throws Exception {
    int threads = 4;
    int rounds = 2_000;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        boolean ends = thread == 0;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int round = 0; round < rounds; round++) {
                    String id = Integer.toString(round);
                    if (ends) {
                      connections.remove(open(id));
                    } else {
                      Joined _ = join("room-" + round % 2, id);
                    }
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        Object _ = each.get(60, TimeUnit.SECONDS);
      }
    }

    assertThat(connections.size()).isZero();
    assertThat(groups.size()).isZero();
  }

  @Test
  void placesAreGivenBackOnce() {
    OpenConnections few =
        new OpenConnections(
            new CurrentSnapshot(), new ConnectionBounds(2, Integer.MAX_VALUE, null, MOST, 64));

    assertThat(few.take("a")).isEqualTo(Place.TAKEN);
    assertThat(few.take("a")).isEqualTo(Place.TAKEN);
    assertThat(few.take("b")).isEqualTo(Place.NONE);
    few.giveBack("a");
    assertThat(few.take("a")).isEqualTo(Place.TAKEN);
    assertThat(few.take("a")).isEqualTo(Place.NONE);
    assertThat(few.refusedOfAddresses()).isZero();
  }

  @Test
  void anAddressHasSoManyPlacesAtMost() {
    OpenConnections few =
        new OpenConnections(new CurrentSnapshot(), new ConnectionBounds(3, 2, null, MOST, 64));

    assertThat(few.take("a")).isEqualTo(Place.TAKEN);
    assertThat(few.take("a")).isEqualTo(Place.TAKEN);
    assertThat(few.take("a")).isEqualTo(Place.NONE_OF_ADDRESS);
    assertThat(few.take("b")).isEqualTo(Place.TAKEN);
    assertThat(few.take("b")).isEqualTo(Place.NONE);
    few.giveBack("a");
    assertThat(few.take("a")).isEqualTo(Place.TAKEN);
    assertThat(few.refusedOfAddresses()).isEqualTo(1);
  }

  @Test
  void addressesWithoutConnectionsAreForgotten() {
    AddressPlaces places = new AddressPlaces(1);
    for (int i = 0; i < 100; i++) {
      assertThat(places.take("192.0.2." + i)).isTrue();
      assertThat(places.take("192.0.2." + i)).isFalse();
    }
    assertThat(places.size()).isEqualTo(100);

    for (int i = 0; i < 100; i++) {
      places.giveBack("192.0.2." + i);
    }

    assertThat(places.size()).isZero();
  }

  @Test
  void theFirstHalfOfAnIpv6AddressCounts() {
    AddressPlaces places = new AddressPlaces(1);

    assertThat(places.take("2001:db8:0:1::1")).isTrue();
    assertThat(places.take("2001:db8:0:1:ffff::2")).isFalse();
    assertThat(places.take("2001:db8:0:2::1")).isTrue();
    places.giveBack("2001:db8:0:1::1");
    assertThat(places.take("2001:db8:0:1:ffff::2")).isTrue();
  }

  @Test
  void connectionsAreFoundByTheirStage() throws UnknownHostException {
    OpenConnection one = open("a");
    OpenConnection other = open("b");

    assertThat(connections.ofStage(stage.key())).containsExactlyInAnyOrder(one, other);
    assertThat(connections.ofStage("another stage")).isEmpty();

    connections.remove(one);
    assertThat(connections.ofStage(stage.key())).containsExactly(other);
    connections.remove(other);
    assertThat(connections.ofStage(stage.key())).isEmpty();
  }

  @Test
  void allEndWithTheirStage() throws UnknownHostException {
    OpenConnection one = open("a");
    OpenConnection other = open("b");

    snapshot.update(current -> current);
    assertThat(one.isOpen()).isTrue();
    snapshot.update(current -> GatewaySnapshot.EMPTY);

    assertThat(one.isOpen()).isFalse();
    assertThat(other.isOpen()).isFalse();
  }
}
