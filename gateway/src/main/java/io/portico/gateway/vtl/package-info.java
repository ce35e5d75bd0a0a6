/**
 * Velocity templates as AWS runs them: Apache Velocity's parser and directives with our own
 * evaluation of references, in a sandbox with bounds.
 *
 * <p>A template sees the values given to one rendering and nothing else: there is no reflection, no
 * loader and no static access, only the members written out in this package and in {@link
 * io.portico.gateway.vtl.VtlObject}s. Time, work, output and nesting of a rendering are bounded by
 * its {@link io.portico.gateway.vtl.Budget}.
 *
 * <p>AWS: templates behave as under Velocity 1.7 with an invalid-reference handler that answers
 * with the empty string: a reference that leads nowhere prints as nothing, equals both {@code ""}
 * and another such reference, and is true in {@code #if}; numbers and texts are not converted in
 * comparisons and arithmetic; map literals have the order of {@link java.util.HashMap}. Source:
 * recorded, facts VTL-03, VTL-05, VTL-12 (the first two); inferred from them and from reports of
 * users (the rest).
 *
 * <p>Knows nothing of API Gateway: neither {@code $input} nor {@code $context}.
 */
@NullMarked
package io.portico.gateway.vtl;

import org.jspecify.annotations.NullMarked;
