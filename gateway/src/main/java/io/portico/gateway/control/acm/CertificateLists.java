package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.acm.CertificateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of certificates. */
final class CertificateLists {
  // AWS: source: documented, ListCertificates and Filters.
  private static final int MOST = 1_000;
  private static final Set<String> USUAL_KEYS = Set.of("RSA_1024", "RSA_2048");
  private static final Set<String> USUAL_ORIGINS = Set.of("AWS_MANAGED", "CUSTOMER_PROVIDED");

  private final AcmEnvironment environment;

  CertificateLists(AcmEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ListCertificates", this::listCertificates);
  }

  /**
   * What there is.
   *
   * @param used ARNs of those that something uses
   */
  private record Known(List<CertificateRecord> certificates, Set<String> used) {}

  ObjectNode listCertificates(OperationCall call) {
    Input input = call.input();
    Place after = Place.of(input.stringOrNull("NextToken"));
    Integer asked = input.integerOrNull("MaxItems");
    int limit = asked == null ? MOST : asked;
    Comparator<Place> order = order(input);
    Known known =
        environment
            .records()
            .read(
                records ->
                    new Known(
                        records.list(AcmRecords.CERTIFICATE, call.caller().scope()),
                        CertificateUse.used(records)));
    List<CertificateRecord> left =
        known.certificates.stream()
            .filter(record -> after == null || order.compare(Place.of(record), after) > 0)
            .sorted(Comparator.comparing(Place::of, order))
            .toList();
    ObjectNode reply = Json.object();
    ArrayNode list = reply.putArray("CertificateSummaryList");
    Instant now = environment.clock().instant();
    CertificateRecord last = null;
    for (CertificateRecord record : left) {
      CertificateReply each = new CertificateReply(record, now);
      if (!isWanted(input, record, each)) {
        continue;
      }
      if (last != null && list.size() == limit) {
        reply.put("NextToken", Place.of(last).token());
        break;
      }
      list.add(each.summary(known.used.contains(record.arn())));
      last = record;
    }
    return reply;
  }

  // AWS: one does not go without the other; source: documented, ListCertificates. The text is
  // assumed, and so is the order where none is asked for.
  private static Comparator<Place> order(Input input) {
    String by = input.stringOrNull("SortBy");
    String order = input.stringOrNull("SortOrder");
    if ((by == null) != (order == null)) {
      throw AcmErrors.validation("SortBy and SortOrder must be specified together.");
    }
    Comparator<Place> byDate = Comparator.comparingLong(Place::createdAt);
    return ("DESCENDING".equals(order) ? byDate.reversed() : byDate).thenComparing(Place::arn);
  }

  private static boolean isWanted(Input input, CertificateRecord record, CertificateReply reply) {
    Input includes = input.structureOrNull("Includes");
    List<String> keys = includes == null ? null : includes.stringsOrNull("keyTypes");
    boolean usual = keys == null || keys.isEmpty();
    Collection<String> kinds = keys == null || keys.isEmpty() ? USUAL_KEYS : keys;
    String origin = record.isImported() ? "CUSTOMER_PROVIDED" : "AWS_MANAGED";
    List<String> origins = input.stringsOrNull("CertificateKeyPairOrigins");
    return isAmong(input.stringsOrNull("CertificateStatuses"), reply.status())
        && (origins == null ? USUAL_ORIGINS : origins).contains(origin)
        && kinds.contains(reply.keyAlgorithm())
        && (!usual || !record.names().isEmpty())
        && (includes == null || isIncluded(includes, record, reply));
  }

  private static boolean isIncluded(
      Input includes, CertificateRecord record, CertificateReply reply) {
    CertificateRecord.Request request = record.request();
    String export = includes.stringOrNull("exportOption");
    String managedBy = includes.stringOrNull("managedBy");
    return hasAny(
            includes.stringsOrNull("keyUsage"), CertificateView.keyUsages(reply.certificate()))
        && hasAny(
            includes.stringsOrNull("extendedKeyUsage"),
            CertificateView.extendedKeyUsages(reply.certificate()).values())
        && (export == null || export.equals(request == null ? "DISABLED" : request.export()))
        && (managedBy == null || (request != null && managedBy.equals(request.managedBy())));
  }

  private static boolean isAmong(@Nullable List<String> wanted, String value) {
    return wanted == null || wanted.isEmpty() || wanted.contains(value);
  }

  private static boolean hasAny(@Nullable List<String> wanted, Collection<String> values) {
    return wanted == null || wanted.isEmpty() || wanted.stream().anyMatch(values::contains);
  }

  /**
   * A certificate's place in a list, which it keeps when others come and go.
   *
   * @param createdAt seconds since 1970
   */
  private record Place(long createdAt, String arn) {
    static Place of(CertificateRecord record) {
      return new Place(record.createdAt().getEpochSecond(), record.arn());
    }

    /** Where a list goes on, or null where it begins. */
    static @Nullable Place of(@Nullable String token) {
      if (token == null) {
        return null;
      }
      try {
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int blank = text.indexOf(' ');
        if (blank > 0) {
          return new Place(Long.parseLong(text.substring(0, blank)), text.substring(blank + 1));
        }
      } catch (IllegalArgumentException e) {
        throw invalid();
      }
      throw invalid();
    }

    // AWS: the text is assumed.
    private static ServiceException invalid() {
      return AcmErrors.validation("The NextToken is not valid.");
    }

    String token() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((createdAt + " " + arn).getBytes(StandardCharsets.UTF_8));
    }
  }
}
