using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The framework logs each request several times over, which costs a busy process more than its readers gain; ours logs changes.</summary>
public static class QuietLogs
{
    /// <summary>Least level by category, where configuration names no other for it.</summary>
    public static IServiceCollection AddQuietLogs(this IServiceCollection services, params (string Category, LogLevel Level)[] levels) =>
        services.PostConfigure<LoggerFilterOptions>(filter =>
        {
            // In front of all other rules, so that whatever is configured for the same category wins.
            foreach (var (category, level) in levels)
            {
                filter.Rules.Insert(0, new LoggerFilterRule(null, category, level, null));
            }
        });
}
