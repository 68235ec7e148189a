using System.Text.RegularExpressions;

namespace DeltaEdge.UnitTests.Architecture;

/// <summary>A link between pages of this repository leads to a file, and to a heading of it.</summary>
public sealed partial class DocumentLinksTests
{
    public static TheoryData<string> Pages => [.. SourceFiles.Of("*.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLink_LeadsSomewhere(string page)
    {
        foreach (var target in Link().Matches(Repository.Read(page)).Select(m => m.Groups[1].Value).Where(t => !t.Contains("://", StringComparison.Ordinal)))
        {
            var parts = target.Split('#');
            var path = parts[0].Length == 0 ? page : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0]));
            Assert.True(Path.Exists(Repository.PathOf(path)), $"{page} links to {target}, which is not there.");
            Assert.True(parts.Length == 1 || Anchors(path).Contains(parts[1]), $"{page} links to {target}; {path} has no such heading.");
        }
    }

    [Fact]
    public void EveryPage_IsReachedFromTheReadMe()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(["README.md"]);
        while (next.TryDequeue(out var page))
        {
            if (!seen.Add(page) || !page.EndsWith(".md", StringComparison.Ordinal) || !Path.Exists(Repository.PathOf(page)))
            {
                continue;
            }

            foreach (var target in Link().Matches(Repository.Read(page)).Select(m => m.Groups[1].Value.Split('#')[0]).Where(t => t.Length > 0 && !t.Contains("://", StringComparison.Ordinal)))
            {
                next.Enqueue(Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target)));
            }
        }

        Assert.Empty(SourceFiles.Of("*.md").Where(p => p.StartsWith("docs/", StringComparison.Ordinal)).Except(seen));
    }

    /// <summary>As GitHub makes them of headings: lower case, no punctuation, a dash for a space.</summary>
    private static HashSet<string> Anchors(string page) => Heading().Matches(Repository.Read(page))
        .Select(m => Punctuation().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^#+ (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
