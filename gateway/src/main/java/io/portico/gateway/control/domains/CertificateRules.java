package io.portico.gateway.control.domains;

import io.portico.gateway.control.domains.Certificates.Origin;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Which certificates a domain name must and may have. */
public final class CertificateRules {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:acm:([a-z0-9-]+):(\\d{12}):certificate/[A-Za-z0-9-]+");

  /** Where CloudFront looks for certificates. */
  private static final String CLOUD_FRONT_REGION = "us-east-1";

  private static final String REGIONAL = "REGIONAL";

  private final RecordReader records;
  private final Caller caller;
  private final Certificates certificates;

  public CertificateRules(RecordReader records, Caller caller, Certificates certificates) {
    this.records = records;
    this.caller = caller;
    this.certificates = certificates;
  }

  /**
   * Whether each endpoint has a certificate and each certificate an endpoint. One that stays behind
   * when its endpoint is removed is left where it is.
   *
   * @param before the domain name as it was, or null
   */
  public void check(DomainNameRecord domain, @Nullable DomainNameRecord before) {
    List<String> types = domain.endpointConfiguration().types();
    boolean edge = domain.certificateArn() != null || domain.certificateName() != null;
    boolean regional =
        domain.regionalCertificateArn() != null || domain.regionalCertificateName() != null;
    if (regional && !types.contains(REGIONAL) && isNewRegional(domain, before)) {
      throw inactive(REGIONAL, types);
    }
    boolean onlyRegional = types.equals(List.of(REGIONAL));
    if (edge && onlyRegional && isNewEdge(domain, before)) {
      throw inactive(EndpointRules.EDGE, types);
    }
    for (String type : types) {
      if (type.equals(REGIONAL) ? !regional : !edge) {
        // AWS: source: issue 3276 of Terraform's AWS provider.
        throw ServiceException.badRequest(
            "A certificate was not provided for the endpoint type " + type + ".");
      }
    }
    if (isNewEdge(domain, before)) {
      checkArn(
          domain.certificateArn(),
          types.contains(EndpointRules.EDGE) ? CLOUD_FRONT_REGION : caller.region());
    }
    if (isNewRegional(domain, before)) {
      checkArn(domain.regionalCertificateArn(), caller.region());
    }
    String verification = domain.ownershipVerificationCertificateArn();
    if (before == null
        || !Objects.equals(verification, before.ownershipVerificationCertificateArn())) {
      checkArn(verification, caller.region());
    }
    if (isUnverified(domain) && (before == null || !isUnverifiedAlike(domain, before))) {
      // AWS: source: reported, issue 35741 of Terraform's AWS provider, of an update.
      throw ServiceException.badRequest("Missing ownershipVerificationCertificate.");
    }
  }

  /** Whether nothing shows whose it is, where callers show certificates. */
  // AWS: an imported certificate does not; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html.
  private boolean isUnverified(DomainNameRecord domain) {
    String arn = domain.regionalCertificateArn();
    return domain.mutualTlsAuthentication() != null
        && domain.ownershipVerificationCertificateArn() == null
        && arn != null
        && certificates.origin(records, arn) == Origin.IMPORTED;
  }

  /** Whether it was so before; that holds up no change of something else. */
  private static boolean isUnverifiedAlike(DomainNameRecord domain, DomainNameRecord before) {
    return before.mutualTlsAuthentication() != null
        && before.ownershipVerificationCertificateArn() == null
        && !isNewRegional(domain, before);
  }

  private static boolean isNewEdge(DomainNameRecord domain, @Nullable DomainNameRecord before) {
    return before == null
        || !Objects.equals(domain.certificateArn(), before.certificateArn())
        || !Objects.equals(domain.certificateName(), before.certificateName());
  }

  private static boolean isNewRegional(DomainNameRecord domain, @Nullable DomainNameRecord before) {
    return before == null
        || !Objects.equals(domain.regionalCertificateArn(), before.regionalCertificateArn())
        || !Objects.equals(domain.regionalCertificateName(), before.regionalCertificateName());
  }

  /** A domain name with what else changes where other certificates are in use than before. */
  // AWS: that an uploaded one whose name is changed stays is assumed.
  public static DomainNameRecord renewed(
      DomainNameRecord domain, DomainNameRecord before, Instant now) {
    if (!isNewEdge(domain, before) && !isNewRegional(domain, before)) {
      return domain;
    }
    ObjectNode tree = RecordCodec.tree(domain);
    tree.put("certificateUploadDate", now.toString());
    if (domain.certificateArn() != null || domain.certificateName() == null) {
      tree.remove("uploadedCertificate");
    }
    return RecordCodec.record(tree, DomainNameRecord.class);
  }

  // AWS: source: reported by users of AWS's clients.
  private static ServiceException inactive(String type, List<String> active) {
    return ServiceException.badRequest(
        "Cannot import certificates for %s while %s is active.".formatted(type, active.getFirst()));
  }

  /** Whether there is a certificate of an ARN, for what CloudFront is to serve. */
  public void checkCloudFront(String arn) {
    checkArn(arn, CLOUD_FRONT_REGION);
  }

  // AWS: the texts for another region, another account and a certificate that is not issued:
  // reported by users of AWS's clients; that for what is no ARN: assumed.
  private void checkArn(@Nullable String arn, String region) {
    if (arn == null) {
      return;
    }
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw ServiceException.badRequest("Invalid certificate ARN: " + arn + ".");
    }
    if (!parts.group(1).equals(region)) {
      throw ServiceException.badRequest(
          "Invalid certificate ARN: %s. Certificate must be in '%s'.".formatted(arn, region));
    }
    if (!parts.group(2).equals(caller.accountId())) {
      throw ServiceException.badRequest(
          "The certificate provided must be owned by the account creating the domain.");
    }
    if (certificates.origin(records, arn) == Origin.NONE) {
      throw ServiceException.badRequest(
          "Certificate %s in account %s not yet issued".formatted(arn, caller.accountId()));
    }
  }
}
