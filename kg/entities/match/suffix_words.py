"""Words that stand behind the number of a standard, in the languages of references.

Each entry is a regular expression on lower-case text of normal width (NFKC). Words of languages
with spaces are matched as whole words; others (Chinese, Japanese) at the end of a phrase.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SUPPLEMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "Amd": (
        r"amendments?|amd\.?|amendements?|modificatif|änderung(?:en)?|enmienda|изменени[ея]",
        "修改单|修改單|修订单|修訂單|修正案|追補|追补",
    ),
    "Cor": (
        r"(?:technical )?corrigend(?:um|a)|cor\.?|errat(?:um|a)|rectificatif(?: technique)?"
        r"|correctif|berichtigung(?:en)?|corrección|(?:техническая )?поправк[аи]",
        "勘误表?|勘誤表?|更正(?:单|表)?|技术勘误|技術勘誤|正誤表|正误表|正誤票|訂正票?|修正票",
    ),
    "Add": (
        r"addend(?:um|a)|additif|supplements?|suppléments?|nachtrag|ergänzung(?:en)?|дополнени[ея]",
        "补充(?:件|文件)?|補充(?:件|文件)?|補遺|补遗|增补",
    ),
}
"""Words for a supplement of a document, by its kind in a designation."""

NAMED_DRAFTS: Final = (
    "征求意见稿|徵求意見稿|報批稿|报批稿|送审稿|送審稿|草案|草稿|讨论稿|預審稿|预审稿"
    "|(?:改正|改訂|修订|修訂)案|原案|ドラフト|公開草案"
)
"""Words for drafts in Chinese and Japanese."""

OTHER_DOCUMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "draft": (
        r"(?:committee |final |working )?drafts?|projet(?: de norme)?|(?:norm-?)?entwurf"
        r"|dis|fdis|cd|cdv|wd|prf|awi|pwi|nwip|vornorm|proyecto|avant-projet|enquiry stage"
        r"|public comment|(?:окончательный )?проект",
        rf"{NAMED_DRAFTS}|[\u4e00-\u9fff]+稿",
    ),
    "series": (
        r"series|family(?: of standards)?|série|famille|(?:normen)?reihe|normenfamilie|serie"
        r"|сери[яи]",
        "系列(?:国际)?(?:标准|標準|規格)?|标准族|族标准|シリーズ(?:規格)?|ファミリー(?:規格)?",
    ),
    "handbook": (
        r"handbooks?|hand ?buch|manuel|kommentar|commentary|explained|toolkit|checklists?"
        r"|training(?: course)?|schulung|formation|guide d'application|user'?s? guide"
        r"|pocket guide|implementation guide|interpretations?|справочник|пособие",
        "手册|手冊|ハンドブック|解説書?|解说|解读|解讀|释义|釋義|教材|读本|讲解"
        # Titles end with "requirements and guidance for use".
        "|(?<![及和与與的])(?:实施指南|應用指南|应用指南|使用指南)|宣贯(?:教材|材料)?|培训|培訓"
        "|講座|研修|入門|模板|汇编|范文|様式集|理解[与和]?(?:实施|应用)?|条文(?:解释|理解)"
        "|條文(?:解釋|理解)|检查表|檢查表|チェックリスト|程序文件|图解|圖解|问答|問答|试题|試題|题库"
        "|問題集|事例集|テキスト",
    ),
    "certificate": (
        r"certificates?|certifi(?:ed|cation|é|ée)|certificats?|zertifi(?:kat|kate|ziert|zierung)"
        r"|audits?|auditors?|accreditation|accredited|consulting|сертификат|сертификация|аудит",
        "证书|證書|認証書?|认证|認證|审核员?|審核員?|審査員?|内审员?|内審員?|认可|登録証|咨询|换版|转版",
    ),
    "translation": (r"idt|eqv|neq|mod", "等同采用|等同採用|修改采用|等效采用|非等效采用"),
    "redline": (r"red-?lines?(?: version)?|rlv|tracked changes", "对比版|修订对照"),
}
"""Words for a document other than the standard itself."""

ALL_PARTS: Final = (
    r"all parts|all editions|toutes les parties|alle teile|todas las partes"
    r"|全(?:ての部|部|て)(?:分|編)?|全パート"
    r"|すべての部(?:分|編)?|全部|所有部分|全部部分|各部分|所有的部分|规格群"
    r"|規格群|все части|parts? 1 (?:to|-) \d+"
)
"""All parts of a series (ISO/IEC Directives, Part 2, 10.3)."""

KINDS: Final = (
    r"(?:international )?standards?|std|norme?|стандарт"
    r"|号?(?:国际|国家)?标准|(?:国際)?標準|(?:国際)?規格"
)
"""Words for the kind of document, which say nothing new."""

LANGUAGES: Final[Mapping[str, str]] = {
    "en": "english|anglaise?|englisch(?:e|er|es)?|英文|英语|英語|en|eng|e",
    "fr": "french|français(?:e)?|francais(?:e)?|französisch(?:e|er|es)?|法文|法语|仏語|仏文"
    "|フランス語|fr|fre|f",
    "de": "german|allemande?|deutsch(?:e|er|es)?|德文|德语|独語|独文|ドイツ語|de|ger",
    "zh": "chinese|chinoise?|chinesisch(?:e|er|es)?|中文|汉语|中国語|中文简体|zh|chi",
    "ja": "japanese|japonaise?|japanisch(?:e|er|es)?|日文|日语|日語|日本語|和文|邦訳|和訳|ja|jpn",
    "ru": "russian|russe|russisch(?:e|er|es)?|俄文|俄语|ロシア語|русский(?: язык)?|ru|rus|r",
    "es": "spanish|espagnole?|spanisch(?:e|er|es)?|español|西班牙文|西文|スペイン語|es|spa|s",
    "en/fr": "bilingual|english ?(?:/|and|&) ?french|français ?/ ?anglais|英法双语|英法文"
    "|e/f|en/fr",
}
"""Names of languages by tag; the short ones count only within brackets."""

VERSION: Final = (
    "version|edition|text|translation|only|fassung|ausgabe|sprachfassung|übersetzung|édition|texte"
    "|traduction|перевод|版本|译本|翻译版|対訳版|翻訳版|版"
)
"""Words that follow or precede the name of a language."""

CLAUSES: Final = (
    r"(?:sub-?)?clauses?|cl\.|sections?|sec\.|subsections?|chapters?|chap\.|articles?|art\."
    r"|paragraphs?|paragraphes?|para\.|abschnitte?|abs\.|chapitres?|kapitel|kap\.|abschn\.|ziffer"
    r"|points?|annex(?:es)?|anhang|annexe|appendix|tables?|tab\.|tabelle|tableau|figures?|fig\."
    r"|bild|notes?|пункты?|п\.|разделы?|приложение|таблица|рисунок|глава|§§?|requirements?|附录|附錄|附録|附属書|表|图|圖|図|箇条|条款|章条"
)
"""Words before the number of a subdivision of the text."""

NAMED_CLAUSES: Final = (
    r"foreword|preface|introduction|scope|bibliography|normative references|avant-propos|vorwort"
    r"|einleitung|前言|引言|目次|目录|范围|参考文献|序文|まえがき|適用範囲"
)
"""Subdivisions without a number."""

CLAUSE_COUNTERS: Final = "条款?|條款?|章|节|節|項|项|款|号条款|箇条"
"""Words after it in Chinese and Japanese."""

PAGES: Final = r"pages?|pp?\.|seiten?|s\.|bl\.|стр\.|第"
"""Words before the number of a page."""

PRICES: Final = (
    r"price (?:group|code|class|category)|preis(?:gruppe|klasse)?"
    r"|prix|code prix|classe de prix"
    r"|groupe de prix"
    r"|价格(?:组|代码|等级|类别|级)?|價格|价号|定价|定價|价目|価格(?:コード|区分)?|標準価格"
    r"|chf|eur|usd|cny|rmb|jpy|gbp|€|\$|£|¥|￥"
)

STATUSES: Final = (
    r"withdrawn|superseded|obsolete|current|in force|valid|active|reaffirmed|confirmed"
    r"|(?:current|latest|aktuelle) (?:edition|version|ausgabe|fassung)|dernière (?:édition|version)"
    r"|действующий|действует|отмен[её]н"
    r"|annulée?|en vigueur|remplacée?|zurückgezogen|gültig|ersetzt"
    r"|现行(?:有效)?|現行|有效|废止|廢止|廃止"
    r"|作废|已废止|已作废|年版|被代替|最新版?|latest(?: version)?"
)
"""Remarks on the status of the document, which the graph answers."""

IMPRINTS: Final = (
    r"geneva|genève|genf|switzerland|suisse|schweiz|berlin|paris|london|beijing|tokyo|new york"
    r"|piscataway|nj|usa|beuth(?: verlag)?|din media|afnor|iso|iec|ieee|itu|etsi|cenelec"
    r"|international organi[sz]ation for standardi[sz]ation"
    r"|international electrotechnical commission"
    r"|international telecommunication union|organisation internationale de normalisation"
    r"|internationale organisation für normung|institute of electrical and electronics engineers"
    r"|standards press of china|japanese standards association"
    r"|北京|日内瓦|中国标准出版社|中国质检出版社"
    r"|国际标准化组织|日本規格協会|женева|москва|стандартинформ"
)
"""Places and publishers of an imprint."""

PART: Final = r"part|pt\.?|partie|teil|parte|parties?|deel|часть|cast|část"
"""Words before the number of a part."""
