package io.portico.gateway.execute.websocket;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The <b>groups</b> of a stage's connections, by which backends reach many clients at once. Beyond
 * AWS. Runtime state: a group is there as long as it has a member, and a connection is in it until
 * it leaves or ends.
 *
 * <p>Members are read without waiting, while they change.
 */
final class ConnectionGroups {
  private final ConcurrentHashMap<Group, ConcurrentNavigableMap<String, OpenConnection>> members =
      new ConcurrentHashMap<>();

  /** Held while a membership changes. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Those of each connection that is in any. */
  private final Map<OpenConnection, Set<Group>> ofConnections = new HashMap<>();

  private final int most;

  /**
   * @param most that a connection is in
   */
  ConnectionGroups(int most) {
    this.most = most;
  }

  /**
   * Names a group.
   *
   * @param stageKey of the stage it belongs to
   */
  record Group(String stageKey, String name) {}

  /** What came of joining. */
  enum Joined {
    /** It is a member, perhaps has been one before. */
    MEMBER,
    /** It is in as many others as it may be. */
    TOO_MANY,
    /** There is no such connection. */
    GONE
  }

  /**
   * A connection joins.
   *
   * @param connection null where it has ended; asked while no other membership changes
   */
  Joined join(Group group, Supplier<@Nullable OpenConnection> connection) {
    changing.lock();
    try {
      OpenConnection member = connection.get();
      if (member == null) {
        return Joined.GONE;
      }
      Set<Group> own = ofConnections.getOrDefault(member, Set.of());
      if (own.contains(group)) {
        return Joined.MEMBER;
      }
      if (own.size() >= most) {
        return Joined.TOO_MANY;
      }
      ofConnections.computeIfAbsent(member, _ -> new HashSet<>()).add(group);
      members
          .computeIfAbsent(group, _ -> new ConcurrentSkipListMap<>())
          .put(member.connectionId(), member);
      return Joined.MEMBER;
    } finally {
      changing.unlock();
    }
  }

  /** A connection is a member no longer, if it was one. */
  void leave(Group group, OpenConnection member) {
    changing.lock();
    try {
      Set<Group> own = ofConnections.get(member);
      if (own != null && own.remove(group)) {
        if (own.isEmpty()) {
          ofConnections.remove(member);
        }
        removed(group, member);
      }
    } finally {
      changing.unlock();
    }
  }

  /** A connection has ended, and is found no longer by whoever looks for it. */
  void ended(OpenConnection connection) {
    changing.lock();
    try {
      Set<Group> own = ofConnections.remove(connection);
      if (own != null) {
        own.forEach(group -> removed(group, connection));
      }
    } finally {
      changing.unlock();
    }
  }

  private void removed(Group group, OpenConnection member) {
    ConcurrentNavigableMap<String, OpenConnection> others = members.get(group);
    if (others != null) {
      others.remove(member.connectionId());
      if (others.isEmpty()) {
        members.remove(group);
      }
    }
  }

  /** The members of a group by their ids, in the order of these; none where there is no group. */
  NavigableMap<String, OpenConnection> members(Group group) {
    ConcurrentNavigableMap<String, OpenConnection> found = members.get(group);
    return found == null ? new ConcurrentSkipListMap<>() : found;
  }

  /** How many groups there are. */
  int size() {
    return members.size();
  }
}
