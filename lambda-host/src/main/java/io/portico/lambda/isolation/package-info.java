/**
 * What a function's process may take of the machine and what it sees of it: cgroups and namespaces
 * of Linux. Knows nothing of functions and invocations.
 */
@NullMarked
package io.portico.lambda.isolation;

import org.jspecify.annotations.NullMarked;
