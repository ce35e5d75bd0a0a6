package io.portico.lambda.url;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.SigV4Verifier;
import io.portico.gateway.aws.SignatureVerdict;
import io.portico.gateway.aws.SignatureVerdict.Reason;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionUrl;
import io.portico.lambda.snapshot.ResourcePolicy;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may call a function URL: everybody, if it is open and the function's policy says so, else
 * whoever has signed and is allowed to by his role's policies or by the function's.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html">Control access to
 *     Lambda function URLs</a>
 */
public final class UrlAccess {
  private static final Logger LOG = LoggerFactory.getLogger(UrlAccess.class);

  private final FunctionCatalog catalog;
  private final Identities identities;
  private final SigV4Verifier signatures;
  private final boolean permissions;

  private enum Closed {
    TO_EVERYBODY,
    TO_STRANGERS,
    TO_SOMEBODY
  }

  /** URLs of which the log has said that they are closed, and to whom. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * @param identities those who can sign
   * @param permissions whether policies are asked; signatures always are
   */
  public UrlAccess(
      FunctionCatalog catalog, Identities identities, boolean permissions, Clock clock) {
    this.catalog = catalog;
    this.identities = identities;
    this.signatures = new SigV4Verifier("lambda", identities, clock);
    this.permissions = permissions;
  }

  /**
   * @throws IOException if a signed request's body is longer than it may be
   */
  Admission admit(HttpRequest request, FunctionUrl url, ArrivedBody body) throws IOException {
    return url.open() ? open(url) : signed(request, url, body);
  }

  private Admission open(FunctionUrl url) {
    String arn = url.arn();
    if (!permissions || catalog.policy(url.id(), url.alias()).allowsOpenUrl(arn)) {
      return new Admission.Admitted(null);
    }
    tell(
        url,
        Closed.TO_EVERYBODY,
        "the function's policy does not let everybody call it: aws lambda add-permission"
            + " --principal '*' --function-name "
            + arn
            + " takes --action lambda:InvokeFunctionUrl --function-url-auth-type NONE, and once more"
            + " --action lambda:InvokeFunction --invoked-via-function-url. lambda.permissions=false"
            + " asks for neither");
    return new Admission.Refused(UrlAnswers.forbidden());
  }

  private Admission signed(HttpRequest request, FunctionUrl url, ArrivedBody body)
      throws IOException {
    return switch (signatures.verify(request, url.id().region(), body::read)) {
      case SignatureVerdict.Refused refused -> new Admission.Refused(answer(url, refused));
      case SignatureVerdict.Verified verified ->
          isAllowed(request, url, verified.key())
              ? new Admission.Admitted(verified.key())
              : new Admission.Refused(UrlAnswers.forbidden());
    };
  }

  /** AWS: who has not signed is told no more than who may not; source: reported by users. */
  private HttpResponse answer(FunctionUrl url, SignatureVerdict.Refused refused) {
    if (refused.reason() == Reason.UNRECOGNIZED_CLIENT) {
      tell(
          url,
          Closed.TO_STRANGERS,
          "it was called with credentials that were not given out here. aws sts assume-role and aws"
              + " sts get-session-token give out some, and functions have those of their roles");
    }
    return refused.reason() == Reason.MISSING_AUTHENTICATION_TOKEN
        ? UrlAnswers.forbidden()
        : UrlAnswers.unverified(refused);
  }

  private boolean isAllowed(HttpRequest request, FunctionUrl url, AccessKey key) {
    if (!permissions) {
      return true;
    }
    IamIdentity caller = identities.identify(key);
    ResourcePolicy policy = catalog.policy(url.id(), url.alias());
    if (policy.allowsSignedUrl(
        caller, url.arn(), url.id().accountId(), context(request, url, key, caller))) {
      return true;
    }
    tell(
        url,
        Closed.TO_SOMEBODY,
        key.principal().arn()
            + " may not call it: that takes lambda:InvokeFunctionUrl and lambda:InvokeFunction on "
            + url.arn()
            + ", in a policy of the role or in the function's (aws lambda add-permission), and no"
            + " statement that denies it");
    return false;
  }

  private static RequestContext context(
      HttpRequest request, FunctionUrl url, AccessKey key, IamIdentity caller) {
    return RequestContext.ofRequest(request, url.id().region()).signedBy(key, caller).build();
  }

  /** Says it once for a URL, as strangers may call again and again. */
  private void tell(FunctionUrl url, Closed to, String why) {
    if (told.add(url.urlId() + to)) {
      LOG.warn("The function URL of {} answers 403: {}", url.arn(), why);
    }
  }
}
